package dev.gatefold.sandbox;

import dev.gatefold.platform.database.SchemaLineage;
import dev.gatefold.sandbox.control.MovableClock;
import dev.gatefold.sandbox.database.LocalPostgres;
import dev.gatefold.sandbox.issuer.SandboxIssuer;
import dev.gatefold.sandbox.issuer.SandboxTokenSigner;
import dev.gatefold.sandbox.stripe.StripeSandbox;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.nio.file.Path;
import java.util.Map;
import org.eclipse.microprofile.config.ConfigProvider;

/**
 * The service in development: with a database and an issuer of its own, each unless the environment names another. They
 * are started once for a JVM and told to the service by system properties, which outlive live reloads.
 */
@QuarkusMain(name = "sandbox")
public final class SandboxMain implements QuarkusApplication {
    /** The address of our own issuer, where there is one. */
    public static final String ISSUER = "sandbox.issuer.url";

    private static final String DATABASE = "quarkus.datasource.jdbc.url";
    private static final String OIDC = "quarkus.oidc.auth-server-url";
    private static final String STRIPE_KEY = "gatefold.stripe.api-key";
    private static final String STRIPE_BASE = "gatefold.stripe.api-base";
    private static final String DATA = "sandbox.data";
    private static final int UNSUPPORTED_DATA = 1;

    public static void main(String... args) {
        Path data = Path.of(isSet(DATA) ? value(DATA) : "data");
        if (!isSet(DATABASE)) {
            startDatabase(data);
        }
        if (!isSet(OIDC)) {
            SandboxIssuer issuer = SandboxIssuer.start(SandboxTokenSigner.withKeyFile(data.resolve("issuer/key.json")));
            Map.of(OIDC, issuer.url(), ISSUER, issuer.url()).forEach(System::setProperty);
        }
        if (!isSet(STRIPE_KEY) && !isSet(STRIPE_BASE)) {
            StripeSandbox.start(new MovableClock(), data.resolve("stripe.json"))
                    .settings()
                    .forEach(System::setProperty);
        }
        Quarkus.run(SandboxMain.class, args);
    }

    private static void startDatabase(Path data) {
        LocalPostgres postgres = LocalPostgres.durable(data.resolve("postgres"));
        if (SchemaLineage.isUnsupported(postgres.flyway())) {
            postgres.close();
            System.err.printf(
                    "The folder %1$s was created by an earlier version of Gatefold whose schema is no longer supported."
                            + " Delete %1$s, or set SANDBOX_DATA to another folder, and start again.%n",
                    data.toAbsolutePath().normalize());
            System.exit(UNSUPPORTED_DATA);
        }
        postgres.settings().forEach(System::setProperty);
    }

    private static boolean isSet(String property) {
        return value(property) != null;
    }

    private static String value(String property) {
        String environment = property.toUpperCase(java.util.Locale.ROOT).replaceAll("[.-]", "_");
        return System.getProperty(property, System.getenv(environment));
    }

    @Override
    public int run(String... args) {
        var config = ConfigProvider.getConfig();
        String here = "http://localhost:" + config.getValue("quarkus.http.port", String.class);
        System.out.printf(
                """

                  Gatefold is ready.
                    What to try     %1$s/
                    API document    %1$s/q/swagger-ui
                    Demo readers    %1$s/dev/readers
                    Health, metrics %1$s/q/health  %1$s/q/metrics
                    Issuer          %2$s
                    Stripe          %3$s
                    Database        %4$s  (user and password: postgres)

                """,
                here,
                config.getValue(OIDC, String.class),
                config.getOptionalValue(STRIPE_BASE, String.class).orElse("https://api.stripe.com"),
                config.getValue(DATABASE, String.class));
        Quarkus.waitForExit();
        return 0;
    }
}
