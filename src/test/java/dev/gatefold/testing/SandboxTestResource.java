package dev.gatefold.testing;

import dev.gatefold.sandbox.control.MovableClock;
import dev.gatefold.sandbox.database.LocalPostgres;
import dev.gatefold.sandbox.issuer.SandboxIssuer;
import dev.gatefold.sandbox.issuer.SandboxTokenSigner;
import dev.gatefold.sandbox.stripe.StripeSandbox;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** Starts a PostgreSQL, an issuer and a Stripe sandbox for the tests of the running service. */
public class SandboxTestResource implements QuarkusTestResourceLifecycleManager {
    /** The issuer's key file, for tests that sign tokens which the issuer would not issue. */
    public static final Path KEY = Path.of(
            "target/test-issuer-key-%d.json".formatted(ProcessHandle.current().pid()));

    private LocalPostgres postgres;
    private SandboxIssuer issuer;
    private StripeSandbox stripe;

    @Override
    public Map<String, String> start() {
        postgres = LocalPostgres.ephemeral();
        issuer = SandboxIssuer.startOnFreePort(SandboxTokenSigner.withKeyFile(KEY));
        stripe = StripeSandbox.startOnFreePort(new MovableClock());
        Map<String, String> settings = new HashMap<>(postgres.settings());
        settings.putAll(stripe.settings());
        settings.put("quarkus.oidc.auth-server-url", issuer.url());
        settings.put("sandbox.issuer.url", issuer.url());
        return settings;
    }

    protected final int databasePort() {
        return postgres.port();
    }

    @Override
    public void stop() {
        if (stripe != null) {
            stripe.close();
        }
        if (issuer != null) {
            issuer.close();
        }
        if (postgres != null) {
            postgres.close();
        }
    }
}
