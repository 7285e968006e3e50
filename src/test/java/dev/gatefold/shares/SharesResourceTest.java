package dev.gatefold.shares;

import static dev.gatefold.testing.TestCallers.MEMBERS_ONLY;
import static dev.gatefold.testing.TestCallers.METERED;
import static dev.gatefold.testing.TestCallers.advanceClock;
import static dev.gatefold.testing.TestCallers.issueToken;
import static dev.gatefold.testing.TestCallers.newAccountToken;
import static dev.gatefold.testing.TestCallers.newSubject;
import static dev.gatefold.testing.TestCallers.newTrialToken;
import static dev.gatefold.testing.TestCallers.newVisitorToken;
import static dev.gatefold.testing.TestCallers.visitor;
import static dev.gatefold.testing.TestCallers.withBearerToken;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import dev.gatefold.testing.ServiceTest;
import dev.gatefold.testing.TestGrants;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.hibernate.Session;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Share links: creating and revoking them, and reading with them. */
@ServiceTest
class SharesResourceTest {
    private static final int MAX_DEVICES = 5;
    private static final int MONTHLY_LIMIT = 10;

    @Inject
    Session database;

    private static ValidatableResponse createShare(String member, String url) {
        return withBearerToken(member)
                .body(Map.of("url", url))
                .post("/v1/me/shares")
                .then();
    }

    private static String newShareCode() {
        return createShare(TestGrants.newMemberToken(), MEMBERS_ONLY)
                .statusCode(201)
                .extract()
                .path("code");
    }

    private static ValidatableResponse checkAccess(RequestSpecification reader, String code, String url) {
        return reader.header("X-Share", code)
                .queryParam("url", url)
                .get("/v1/access")
                .then()
                .statusCode(200);
    }

    private static ValidatableResponse recordRead(RequestSpecification reader, String code) {
        return reader.header("X-Share", code)
                .header("Idempotency-Key", UUID.randomUUID())
                .body(Map.of("url", MEMBERS_ONLY))
                .post("/v1/reads")
                .then();
    }

    @Nested
    class SharesByMember {
        @Test
        void memberGetsOneLinkPerArticle() {
            String member = TestGrants.newMemberToken();

            String code = createShare(member, MEMBERS_ONLY)
                    .statusCode(201)
                    .body("source", is("toms-guide"), "opened", is(0), "devices", is(MAX_DEVICES))
                    .extract()
                    .path("code");

            createShare(member, MEMBERS_ONLY + "?utm_source=x").statusCode(200).body("code", is(code));
            withBearerToken(member)
                    .get("/v1/me/shares")
                    .then()
                    .body("left", is(MONTHLY_LIMIT - 1), "items.code", is(List.of(code)));
        }

        @Test
        void concurrentSharesStayWithinMonthlyLimit() throws Exception {
            String member = TestGrants.newMemberToken();
            List<Callable<Integer>> requests = new ArrayList<>();
            for (int i = 0; i < MONTHLY_LIMIT + 6; i++) {
                String url = MEMBERS_ONLY + "-" + i;
                requests.add(() -> createShare(member, url).extract().statusCode());
            }

            List<Integer> statuses = new ArrayList<>();
            try (var threads = Executors.newFixedThreadPool(8)) {
                for (Future<Integer> status : threads.invokeAll(requests)) {
                    statuses.add(status.get());
                }
            }

            assertThat(statuses).filteredOn(it -> it == 201).hasSize(MONTHLY_LIMIT);
            createShare(member, MEMBERS_ONLY).statusCode(409).body("code", is("share-budget-spent"));
        }

        @Test
        void memberRevokesShare() {
            String member = TestGrants.newMemberToken();
            String code = createShare(member, MEMBERS_ONLY).extract().path("code");
            checkAccess(visitor(newVisitorToken()), code, MEMBERS_ONLY).body("reason", is("SHARED_LINK"));

            withBearerToken(member).delete("/v1/me/shares/" + code).then().statusCode(204);

            checkAccess(visitor(newVisitorToken()), code, MEMBERS_ONLY).body("reason", is("SIGN_UP_REQUIRED"));
            withBearerToken(member).get("/v1/me/shares").then().body("items[0].revokedAt", notNullValue());
            visitor().redirects().follow(false).get("/share/" + code).then().statusCode(404);
        }

        @Test
        void memberCannotRevokeSharesOfOthers() {
            String code = newShareCode();

            withBearerToken(TestGrants.newMemberToken())
                    .delete("/v1/me/shares/" + code)
                    .then()
                    .statusCode(404);

            checkAccess(visitor(), code, MEMBERS_ONLY).body("reason", is("SHARED_LINK"));
        }
    }

    @Nested
    class SharesByNonMember {
        @Test
        void sharingRequiresMembership() {
            createShare(newTrialToken(), MEMBERS_ONLY).statusCode(409).body("code", is("members-give"));
            createShare(newAccountToken(), MEMBERS_ONLY).statusCode(409);
            createShare(TestGrants.newMemberToken(), "https://unknown.example/a")
                    .statusCode(400);
        }
    }

    @Nested
    class ReaderWithShareLink {
        @Test
        void shareLinkRedirectsToArticle() {
            String code = newShareCode();

            visitor()
                    .redirects()
                    .follow(false)
                    .get("/share/" + code)
                    .then()
                    .statusCode(303)
                    .header("Location", is(MEMBERS_ONLY + "#share=" + code));
        }

        @Test
        void shareLinkOpensOnlyItsArticle() {
            String code = newShareCode();
            String token = newVisitorToken();

            checkAccess(visitor(token), code, MEMBERS_ONLY).body("granted", is(true), "reason", is("SHARED_LINK"));
            checkAccess(visitor(token), code, MEMBERS_ONLY + "-other").body("reason", is("SIGN_UP_REQUIRED"));
            checkAccess(visitor(token), "no-such-code", MEMBERS_ONLY).body("reason", is("SIGN_UP_REQUIRED"));
        }

        @Test
        void shareLinkAdmitsLimitedDevices() {
            String code = newShareCode();
            List<String> tokens = new ArrayList<>();
            for (int i = 0; i < MAX_DEVICES; i++) {
                tokens.add(newVisitorToken());
                recordRead(visitor(tokens.getLast()), code).statusCode(200).body("reason", is("SHARED_LINK"));
            }

            recordRead(visitor(newVisitorToken()), code).statusCode(200).body("granted", is(false));
            recordRead(visitor(tokens.getFirst()), code).body("reason", is("SHARED_LINK"));
            checkAccess(visitor(), code, MEMBERS_ONLY).body("granted", is(false));
        }

        @Test
        void sharedAccessContinuesAfterSignUp() {
            String code = newShareCode();
            String token = newVisitorToken();
            recordRead(visitor(token), code).body("reason", is("SHARED_LINK"));
            for (int i = 1; i < MAX_DEVICES; i++) {
                recordRead(visitor(newVisitorToken()), code);
            }
            String reader = issueToken(newSubject());

            withBearerToken(reader)
                    .header("X-Visitor", token)
                    .post("/v1/accounts")
                    .then()
                    .statusCode(201);

            checkAccess(withBearerToken(reader), code, MEMBERS_ONLY).body("reason", is("SHARED_LINK"));
        }

        @Test
        void concurrentDevicesStayWithinLimit() throws Exception {
            String code = newShareCode();
            List<Callable<Boolean>> requests = new ArrayList<>();
            for (int i = 0; i < 16; i++) {
                String token = newVisitorToken();
                requests.add(() -> recordRead(visitor(token), code).extract().path("granted"));
            }

            List<Boolean> grants = new ArrayList<>();
            try (var threads = Executors.newFixedThreadPool(16)) {
                for (Future<Boolean> granted : threads.invokeAll(requests)) {
                    grants.add(granted.get());
                }
            }

            assertThat(grants).filteredOn(it -> it).hasSize(MAX_DEVICES);
        }

        @Test
        void expiredShareLinkOpensNothing() {
            String code = newShareCode();

            advanceClock(Duration.ofDays(7));

            checkAccess(visitor(), code, MEMBERS_ONLY).body("granted", is(false));
            recordRead(visitor(newVisitorToken()), code).body("granted", is(false));
        }

        @Test
        void sharedReadIsCountedForPublisherAndNotMetered() {
            String token = newVisitorToken();
            String code = createShare(TestGrants.newMemberToken(), METERED + "shared")
                    .extract()
                    .path("code");

            visitor(token)
                    .header("X-Share", code)
                    .header("Idempotency-Key", UUID.randomUUID())
                    .body(Map.of("url", METERED + "shared"))
                    .post("/v1/reads")
                    .then()
                    .body("reason", is("SHARED_LINK"), "counted", is(false), "meter", nullValue());

            assertThat(countReadsByShare(code)).isEqualTo(1);
            checkAccess(visitor(token), "-", METERED + "x").body("meter.used", is(0));
        }

        private long countReadsByShare(String code) {
            return QuarkusTransaction.requiringNew()
                    .call(() -> database.createNativeQuery("""
                            select count(*) from article_read r join article_share s on r.reader_id = any(s.recipient_ids)
                            where s.code = :code and r.reason = 'SHARED_LINK' and r.source = s.source
                            """, Long.class)
                            .setParameter("code", code)
                            .getSingleResult());
        }

        @Test
        void openingShareRequiresVisitorToken() {
            recordRead(visitor(), newShareCode()).statusCode(400).body("code", is("visitor-required"));
        }
    }
}
