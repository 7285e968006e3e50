package dev.gatefold;

import dev.gatefold.sandbox.Issuer;
import dev.gatefold.sandbox.LocalPostgres;
import dev.gatefold.sandbox.MovableClock;
import dev.gatefold.sandbox.Signer;
import dev.gatefold.sandbox.stripe.StripeSandbox;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** Gives every test of the running service a real PostgreSQL and an issuer of tokens. */
public class Sandbox implements QuarkusTestResourceLifecycleManager {
    /** The issuer's key, for tests that sign what the issuer would not. */
    public static final Path KEY = Path.of("target/test-issuer-key.json");

    private LocalPostgres postgres;
    private Issuer issuer;
    private StripeSandbox stripe;

    @Override
    public Map<String, String> start() {
        postgres = LocalPostgres.ephemeral();
        issuer = Issuer.startAnywhere(Signer.kept(KEY));
        stripe = StripeSandbox.startAnywhere(new MovableClock());
        Map<String, String> settings = new HashMap<>(postgres.settings());
        settings.putAll(stripe.settings());
        settings.put("quarkus.oidc.auth-server-url", issuer.url());
        settings.put("sandbox.issuer", issuer.url());
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
