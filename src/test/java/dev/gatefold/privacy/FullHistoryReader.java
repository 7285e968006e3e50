package dev.gatefold.privacy;

import static dev.gatefold.testing.TestCallers.MEMBERS_ONLY;
import static dev.gatefold.testing.TestCallers.METERED;
import static dev.gatefold.testing.TestCallers.serviceNow;
import static dev.gatefold.testing.TestCallers.withBearerToken;
import static dev.gatefold.testing.TestPayments.actOnCheckoutPage;
import static dev.gatefold.testing.TestPayments.callStripe;
import static dev.gatefold.testing.TestPayments.customerOf;
import static dev.gatefold.testing.TestPayments.followReturnUrl;
import static dev.gatefold.testing.TestPayments.monthlyMembership;
import static dev.gatefold.testing.TestPayments.runDueWork;
import static dev.gatefold.testing.TestPayments.startCheckout;
import static dev.gatefold.testing.TestPayments.stripeClient;
import static dev.gatefold.testing.TestPayments.subscriptionOf;
import static org.hamcrest.Matchers.is;

import com.stripe.param.CustomerUpdateParams;
import dev.gatefold.testing.TestCallers;
import dev.gatefold.testing.TestGrants;
import io.quarkus.narayana.jta.QuarkusTransaction;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.hibernate.Session;

/**
 * A reader with personal data in every module.
 *
 * @param word unique word that is part of every value that identifies the reader
 * @param subscription id of the reader's Stripe subscription
 * @param otherReadersShareCode code of another reader's share link, which the reader has opened
 */
record FullHistoryReader(String token, String word, UUID account, String subscription, String otherReadersShareCode) {
    static FullHistoryReader create(Session database) {
        String word = UUID.randomUUID().toString();
        String token = TestCallers.issueToken("reader-" + word);
        var details = Map.of(
                "name", "Zoe " + word, "email", word + "@example.com", "locale", "en", "timeZone", "Europe/Vienna");
        String account = withBearerToken(token)
                .body(details)
                .post("/v1/accounts")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
        recordRead(token, word + "-1", METERED + "a-story", null);
        String share = share(TestGrants.newMemberToken());
        recordRead(token, word + "-2", MEMBERS_ONLY, share);
        withBearerToken(token).post("/v1/me/trial").then().statusCode(201);
        String subscription = subscribe(token);
        callStripe(() -> stripeClient()
                .customers()
                .update(
                        customerOf(subscription),
                        CustomerUpdateParams.builder()
                                .setEmail(word + "@example.com")
                                .build()));
        TestGrants.grant(token, Map.of("plan", "membership"), Duration.ofDays(30))
                .statusCode(201);
        share(token);
        withBearerToken(token).post("/v1/me/passes").then().statusCode(201);
        signIn(database, token, word);
        runDueWork();
        return new FullHistoryReader(token, word, UUID.fromString(account), subscription, share);
    }

    private static void recordRead(String token, String key, String url, String share) {
        var reader = withBearerToken(token).header("Idempotency-Key", key);
        (share == null ? reader : reader.header("X-Share", share))
                .body(Map.of("url", url))
                .post("/v1/reads")
                .then()
                .statusCode(200)
                .body("granted", is(true));
    }

    private static String share(String member) {
        return withBearerToken(member)
                .body(Map.of("url", MEMBERS_ONLY))
                .post("/v1/me/shares")
                .then()
                .statusCode(201)
                .extract()
                .path("code");
    }

    private static String subscribe(String token) {
        Map<String, String> request = new HashMap<>(monthlyMembership());
        request.put("article", MEMBERS_ONLY);
        String session =
                startCheckout(token, request, UUID.randomUUID().toString()).path("sessionId");
        followReturnUrl(actOnCheckoutPage(session, "pay"));
        return subscriptionOf(session);
    }

    /** Stores the session that signing in to the pages creates. */
    private static void signIn(Session database, String token, String word) {
        Map<String, String> subject = TestGrants.subjectOf(token);
        QuarkusTransaction.requiringNew()
                .run(() -> database.createNativeMutationQuery("""
                                insert into browser_session (cookie_hash, issuer, subject, started_at, expires_at)
                                values (:cookieHash, :issuer, :subject, :now, :until)
                                """)
                        .setParameter("cookieHash", ("secret-" + word).getBytes(StandardCharsets.US_ASCII))
                        .setParameter("issuer", subject.get("issuer"))
                        .setParameter("subject", subject.get("subject"))
                        .setParameter("now", serviceNow())
                        .setParameter("until", serviceNow().plus(Duration.ofDays(1)))
                        .executeUpdate());
    }
}
