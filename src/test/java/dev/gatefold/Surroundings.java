package dev.gatefold;

import dev.gatefold.sandbox.Issuer;
import dev.gatefold.sandbox.LocalPostgres;
import dev.gatefold.sandbox.MovableClock;
import dev.gatefold.sandbox.Signer;
import dev.gatefold.sandbox.stripe.StripeSandbox;
import java.io.Closeable;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What replicas of the service share: one database, one issuer, and one Stripe, of whom it is heard what it is asked. */
public final class Surroundings implements Closeable {
    private final LocalPostgres postgres = LocalPostgres.ephemeral();
    private final Issuer issuer = Issuer.startAnywhere(Signer.fresh());
    private final StripeSandbox stripe = StripeSandbox.startAnywhere(new MovableClock());
    private final Tap tap = new Tap(stripe.url());

    public Surroundings() throws InterruptedException {
        Packaged.migrate(environment());
    }

    /** Starts one more replica; it serves when {@link Packaged#url()} is known. */
    public Packaged start(Map<String, String> settings) {
        Map<String, String> environment = environment();
        environment.putAll(settings);
        return Packaged.start(environment, "-Xmx512m");
    }

    private Map<String, String> environment() {
        Map<String, String> environment = new HashMap<>(Packaged.environment(postgres, issuer, stripe));
        environment.put("GATEFOLD_STRIPE_API_BASE", tap.url());
        return environment;
    }

    public String token(String subject, String... roles) {
        return issuer.accessToken(new Issuer.Person(subject, null, null, List.of(roles)));
    }

    public Connection database() throws SQLException {
        return DriverManager.getConnection(postgres.settings().get("quarkus.datasource.jdbc.url"));
    }

    public Issuer issuer() {
        return issuer;
    }

    public StripeSandbox stripe() {
        return stripe;
    }

    public Tap asked() {
        return tap;
    }

    @Override
    public void close() {
        tap.close();
        stripe.close();
        issuer.close();
        postgres.close();
    }
}
