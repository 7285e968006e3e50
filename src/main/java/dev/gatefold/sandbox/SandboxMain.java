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
import java.util.Locale;
import org.eclipse.microprofile.config.ConfigProvider;

/**
 * Starts the service for development. A database, an issuer and a Stripe sandbox are started first, each unless the
 * environment names another one. They run once per JVM, and the service finds them by system properties, so they survive
 * live reloads.
 */
@QuarkusMain(name = "sandbox")
public final class SandboxMain implements QuarkusApplication {
    private static final String DATABASE = "quarkus.datasource.jdbc.url";
    private static final String OIDC = "quarkus.oidc.auth-server-url";
    private static final String STRIPE_KEY = "gatefold.stripe.api-key";
    private static final String STRIPE_BASE = "gatefold.stripe.api-base";
    private static final String DATA = "sandbox.data";
    private static final int UNSUPPORTED_DATA_EXIT_CODE = 1;

    /** Starts the stand-ins and the service. The setting {@code SANDBOX_DATA} names their data folder. */
    public static void main(String... args) {
        Path data = Path.of(isSet(DATA) ? value(DATA) : "data");
        if (!isSet(DATABASE)) {
            startDatabase(data);
        }
        if (!isSet(OIDC)) {
            SandboxIssuer.start(SandboxTokenSigner.withKeyFile(data.resolve("issuer/key.json")))
                    .settings()
                    .forEach(System::setProperty);
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
            System.exit(UNSUPPORTED_DATA_EXIT_CODE);
        }
        postgres.settings().forEach(System::setProperty);
    }

    private static boolean isSet(String property) {
        return value(property) != null;
    }

    private static String value(String property) {
        String environment = property.toUpperCase(Locale.ROOT).replaceAll("[.-]", "_");
        return System.getProperty(property, System.getenv(environment));
    }

    @Override
    public int run(String... args) {
        var config = ConfigProvider.getConfig();
        String url = "http://localhost:" + config.getValue("quarkus.http.port", String.class);
        System.out.printf(
                """

                  Gatefold is ready.
                    Overview        %1$s/
                    API reference   %1$s/q/swagger-ui
                    Demo readers    %1$s/dev/readers
                    Health, metrics %1$s/q/health  %1$s/q/metrics
                    Issuer          %2$s
                    Stripe          %3$s
                    Database        %4$s  (user and password: postgres)

                """,
                url,
                config.getValue(OIDC, String.class),
                config.getOptionalValue(STRIPE_BASE, String.class).orElse("https://api.stripe.com"),
                config.getValue(DATABASE, String.class));
        Quarkus.waitForExit();
        return 0;
    }
}
