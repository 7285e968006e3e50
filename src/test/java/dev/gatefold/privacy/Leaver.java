package dev.gatefold.privacy;

import static dev.gatefold.Actors.MEMBERS_ONLY;
import static dev.gatefold.Actors.METERED;
import static dev.gatefold.Actors.bearer;
import static dev.gatefold.Actors.now;
import static dev.gatefold.Payments.ask;
import static dev.gatefold.Payments.at;
import static dev.gatefold.Payments.checkout;
import static dev.gatefold.Payments.comeBack;
import static dev.gatefold.Payments.customerOf;
import static dev.gatefold.Payments.monthly;
import static dev.gatefold.Payments.settle;
import static dev.gatefold.Payments.stripe;
import static dev.gatefold.Payments.subscriptionOf;
import static org.hamcrest.Matchers.is;

import com.stripe.param.CustomerUpdateParams;
import dev.gatefold.Actors;
import dev.gatefold.Grants;
import io.quarkus.narayana.jta.QuarkusTransaction;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.hibernate.Session;

/**
 * A reader who has done all that there is to do, so that every room keeps something.
 *
 * @param word a word that is in everything by which the reader could be told: nobody else's
 * @param foreign codes and names of others, with whom the reader had to do
 */
record Leaver(String token, String word, UUID account, String subscription, String foreign) {
    static Leaver make(Session database) {
        String word = UUID.randomUUID().toString();
        String token = Actors.token("reader-" + word);
        var details = Map.of(
                "name", "Zoe " + word, "email", word + "@example.com", "locale", "en", "timeZone", "Europe/Vienna");
        String account = bearer(token)
                .body(details)
                .post("/v1/accounts")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
        read(token, word + "-1", METERED + "a-story", null);
        String share = share(Grants.member());
        read(token, word + "-2", MEMBERS_ONLY, share);
        bearer(token).post("/v1/me/trial").then().statusCode(201);
        String subscription = subscribe(token);
        ask(() -> stripe().customers()
                .update(
                        customerOf(subscription),
                        CustomerUpdateParams.builder()
                                .setEmail(word + "@example.com")
                                .build()));
        Grants.give(token, Map.of("plan", "membership"), Duration.ofDays(30)).statusCode(201);
        share(token);
        bearer(token).post("/v1/me/passes").then().statusCode(201);
        signIn(database, token, word);
        settle();
        return new Leaver(token, word, UUID.fromString(account), subscription, share);
    }

    private static void read(String token, String key, String url, String share) {
        var reader = bearer(token).header("Idempotency-Key", key);
        (share == null ? reader : reader.header("X-Share", share))
                .body(Map.of("url", url))
                .post("/v1/reads")
                .then()
                .statusCode(200)
                .body("granted", is(true));
    }

    private static String share(String member) {
        return bearer(member)
                .body(Map.of("url", MEMBERS_ONLY))
                .post("/v1/me/shares")
                .then()
                .statusCode(201)
                .extract()
                .path("code");
    }

    private static String subscribe(String token) {
        Map<String, String> wanted = new HashMap<>(monthly());
        wanted.put("article", MEMBERS_ONLY);
        String session = checkout(token, wanted, UUID.randomUUID().toString()).path("sessionId");
        comeBack(at(session, "pay"));
        return subscriptionOf(session);
    }

    /** As the pages do it, in a browser. */
    private static void signIn(Session database, String token, String word) {
        Map<String, String> who = Grants.subject(token);
        QuarkusTransaction.requiringNew()
                .run(() -> database.createNativeMutationQuery(
                                "insert into session values (:key, :issuer, :subject, :now, :until)")
                        .setParameter("key", ("secret-" + word).getBytes(StandardCharsets.US_ASCII))
                        .setParameter("issuer", who.get("issuer"))
                        .setParameter("subject", who.get("subject"))
                        .setParameter("now", now())
                        .setParameter("until", now().plus(Duration.ofDays(1)))
                        .executeUpdate());
    }
}
