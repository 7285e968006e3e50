package dev.gatefold.access.http;

import static dev.gatefold.testing.TestCallers.MEMBERS_ONLY;
import static dev.gatefold.testing.TestCallers.METERED;
import static dev.gatefold.testing.TestCallers.OPEN;
import static dev.gatefold.testing.TestCallers.REGISTERED;
import static dev.gatefold.testing.TestCallers.issueToken;
import static dev.gatefold.testing.TestCallers.newAccountToken;
import static dev.gatefold.testing.TestCallers.newSubject;
import static dev.gatefold.testing.TestCallers.newTrialToken;
import static dev.gatefold.testing.TestCallers.newVisitorToken;
import static dev.gatefold.testing.TestCallers.visitor;
import static dev.gatefold.testing.TestCallers.withBearerToken;
import static dev.gatefold.testing.TestCallers.withRole;
import static dev.gatefold.testing.TestCallers.withoutAccount;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.emptyString;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import dev.gatefold.testing.ServiceTest;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.eclipse.microprofile.config.ConfigProvider;
import org.hibernate.Session;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Access decisions over HTTP, by kind of caller. */
@ServiceTest
class AccessResourceTest {
    @Inject
    Session database;

    @Nested
    @DisplayName("a visitor")
    class AccessByVisitorTest {
        @Test
        void visitorIsDeniedWithOffers() {
            checkAccess(visitor(), MEMBERS_ONLY)
                    .body("granted", is(false))
                    .body("reason", is("SIGN_UP_REQUIRED"))
                    .body("source.slug", is("toms-guide"))
                    .body("article", is(MEMBERS_ONLY))
                    .body("version", is(0))
                    .body("stale", is(false))
                    .body("offers.kind", contains("SIGN_UP", "SIGN_IN"))
                    .body("offers[0].trialDays", is(14))
                    .body("offers[0].plan", is("membership"))
                    .body("offers[0].price.amount", is(999));
        }

        @Test
        void visitorIsGrantedOpenArticle() {
            checkAccess(visitor(), OPEN).body("granted", is(true)).body("reason", is("OPEN"));
        }

        @Test
        void urlOfUnknownSourceIsDeniedAsSourceUnknown() {
            checkAccess(visitor(), "https://nytimes.com.evil.test/a")
                    .body("granted", is(false))
                    .body("reason", is("SOURCE_UNKNOWN"))
                    .body("source", nullValue())
                    .body("offers", hasSize(0));
        }

        @Test
        void visitorQueriesBySourceReference() {
            visitor()
                    .queryParam("source", "toms-guide")
                    .queryParam("article", "4711")
                    .get("/v1/access")
                    .then()
                    .statusCode(200)
                    .body("reason", is("SIGN_UP_REQUIRED"))
                    .body("article", is("4711"));
            visitor()
                    .queryParam("source", "nobody")
                    .queryParam("article", "4711")
                    .get("/v1/access")
                    .then()
                    .statusCode(200)
                    .body("reason", is("SOURCE_UNKNOWN"));
        }

        @Test
        void visitorWithoutTokenSeesFullMeterAndCannotRecordRead() {
            checkAccess(visitor(), METERED + "a").body("reason", is("METERED")).body("meter.used", is(0));
            recordRead(visitor(), METERED + "a").statusCode(400).body("code", is("visitor-required"));
        }

        @Test
        void forgedVisitorTokenIsRejected() {
            queryExpecting400(visitor("v1.bm90IG91cnM")).body("code", is("visitor-token-invalid"));
            String token = newVisitorToken();
            queryExpecting400(visitor(token.substring(0, token.length() - 2) + "AA"))
                    .body("code", is("visitor-token-invalid"));
        }

        @Test
        void iosAppVisitorGetsOffersWithoutPrice() {
            visitor()
                    .queryParam("url", MEMBERS_ONLY)
                    .queryParam("surface", "ios")
                    .get("/v1/access")
                    .then()
                    .statusCode(200)
                    .body("offers.kind", contains("SIGN_UP", "SIGN_IN"))
                    .body("offers.price", contains(nullValue(), nullValue()));
        }

        @Test
        void visitorCannotQueryForReader() {
            checkAccessOfAll(visitor(), Map.of("articles", List.of(), "subject", Map.of("issuer", "i", "subject", "s")))
                    .statusCode(403)
                    .body("code", is("forbidden"));
        }

        private ValidatableResponse queryExpecting400(RequestSpecification reader) {
            return reader.queryParam("url", METERED).get("/v1/access").then().statusCode(400);
        }
    }

    @Nested
    @DisplayName("a reader")
    class AccessByReaderTest {
        @Test
        void readerWithoutAccountIsOfferedSignUpOnly() {
            checkAccess(withoutAccount(), REGISTERED)
                    .body("reason", is("SIGN_UP_REQUIRED"))
                    .body("offers.kind", contains("SIGN_UP"));
        }

        @Test
        void accountHolderIsGrantedRegisteredArticle() {
            checkAccess(withBearerToken(newAccountToken()), REGISTERED)
                    .body("granted", is(true))
                    .body("reason", is("REGISTERED"));
        }

        @Test
        void trialReaderIsGrantedMembersArticle() {
            String reader = newTrialToken();

            checkAccess(withBearerToken(reader), MEMBERS_ONLY)
                    .body("reason", is("TRIAL"))
                    .body("version", is(1));
            checkAccess(withBearerToken(reader), METERED + "a")
                    .body("reason", is("TRIAL"))
                    .body("meter", nullValue());
        }

        @Test
        void trialGrantsAccessImmediatelyAfterDenial() {
            String reader = newAccountToken();
            checkAccess(withBearerToken(reader), MEMBERS_ONLY).body("granted", is(false));

            withBearerToken(reader).post("/v1/me/trial").then().statusCode(201);

            checkAccess(withBearerToken(reader), MEMBERS_ONLY).body("granted", is(true));
        }

        @Test
        void grantOnAnotherReplicaTakesEffectImmediately() {
            String subject = newSubject();
            String reader = issueToken(subject);
            withBearerToken(reader).body(Map.of()).post("/v1/accounts").then().statusCode(201);
            checkAccess(withBearerToken(reader), MEMBERS_ONLY).body("granted", is(false));

            insertGrantAsAnotherReplica(subject);

            checkAccess(withBearerToken(reader), MEMBERS_ONLY)
                    .body("granted", is(true))
                    .body("reason", is("MEMBER"));
        }

        @Test
        void decisionIsCacheableAndRevalidatable() {
            String reader = newTrialToken();
            Response first =
                    withBearerToken(reader).queryParam("url", MEMBERS_ONLY).get("/v1/access");
            String tag = first.header("ETag");
            Instant asOf = Instant.parse(first.path("asOf"));
            Instant validUntil = Instant.parse(first.path("validUntil"));

            assertThat(tag).startsWith("W/\"");
            assertThat(Duration.between(asOf, validUntil)).isEqualTo(Duration.ofSeconds(30));
            first.then().header("Cache-Control", is("private, max-age=30")).header("Vary", containsString("X-Visitor"));

            withBearerToken(reader)
                    .header("If-None-Match", tag)
                    .queryParam("url", MEMBERS_ONLY)
                    .get("/v1/access")
                    .then()
                    .statusCode(304)
                    .header("ETag", is(tag))
                    .header("Cache-Control", is("private, max-age=30"))
                    .body(is(emptyString()));
            withBearerToken(reader)
                    .header("If-None-Match", tag)
                    .queryParam("url", MEMBERS_ONLY + "-2")
                    .get("/v1/access")
                    .then()
                    .statusCode(200);
        }

        @Test
        void readerCannotQueryForAnotherReader() {
            checkAccessOfAll(
                            withBearerToken(newTrialToken()),
                            Map.of("articles", List.of(), "subject", Map.of("issuer", "i", "subject", "s")))
                    .statusCode(403);
        }

        @Test
        void invalidVisitorTokenIsIgnoredForSignedInReader() {
            withBearerToken(newTrialToken())
                    .header("X-Visitor", "v1.nonsense")
                    .queryParam("url", MEMBERS_ONLY)
                    .get("/v1/access")
                    .then()
                    .statusCode(200)
                    .body("granted", is(true));
        }
    }

    @Nested
    @DisplayName("a reader who opens an article")
    class OpeningAnArticleTest {
        @Test
        void readWithSameIdempotencyKeyReturnsSameDecision() {
            String reader = newVisitorToken();
            String key = UUID.randomUUID().toString();

            String first = recordReadWithKey(visitor(reader), key, METERED + "a")
                    .statusCode(200)
                    .extract()
                    .asString();
            String second = recordReadWithKey(visitor(reader), key, METERED + "a")
                    .statusCode(200)
                    .extract()
                    .asString();

            assertThat(second).isEqualTo(first);
            assertThat(first).contains("\"counted\":true");
            checkAccess(visitor(reader), METERED + "b").body("meter.used", is(1));
        }

        @Test
        void idempotencyKeyIsRejectedForDifferentArticle() {
            String reader = newVisitorToken();
            String key = UUID.randomUUID().toString();
            recordReadWithKey(visitor(reader), key, METERED + "a").statusCode(200);

            recordReadWithKey(visitor(reader), key, METERED + "b")
                    .statusCode(422)
                    .body("code", is("idempotency-key-reused"));
            checkAccess(visitor(reader), METERED + "b").body("meter.used", is(1));
        }

        @Test
        void idempotencyKeysAreSeparatePerReader() {
            String key = UUID.randomUUID().toString();
            recordReadWithKey(visitor(newVisitorToken()), key, METERED + "a")
                    .statusCode(200)
                    .body("counted", is(true));
            recordReadWithKey(visitor(newVisitorToken()), key, METERED + "b")
                    .statusCode(200)
                    .body("counted", is(true));
        }

        @Test
        void readWithoutIdempotencyKeyIsRejected() {
            visitor()
                    .body(Map.of("url", OPEN))
                    .post("/v1/reads")
                    .then()
                    .statusCode(400)
                    .body("code", is("idempotency-key-required"));
        }

        @Test
        void grantedReadIsRecordedForPublisher() {
            String reader = newTrialToken();
            long before = countReads("toms-guide");

            recordRead(withBearerToken(reader), MEMBERS_ONLY)
                    .statusCode(200)
                    .body("granted", is(true))
                    .body("counted", is(false));
            recordRead(withBearerToken(newAccountToken()), MEMBERS_ONLY)
                    .statusCode(200)
                    .body("granted", is(false));

            assertThat(countReads("toms-guide") - before).isEqualTo(1);
        }

        @Test
        void readOfOpenArticleNeedsNoVisitorToken() {
            recordRead(visitor(), OPEN)
                    .statusCode(200)
                    .body("granted", is(true))
                    .body("reason", is("OPEN"));
        }

        private ValidatableResponse recordReadWithKey(RequestSpecification reader, String key, String url) {
            return reader.header("Idempotency-Key", key)
                    .body(Map.of("url", url))
                    .post("/v1/reads")
                    .then();
        }

        private long countReads(String source) {
            return inTransaction(() -> database.createNativeQuery(
                            "select count(*) from article_read where source = :source", Long.class)
                    .setParameter("source", source)
                    .getSingleResult());
        }
    }

    @Nested
    @DisplayName("a batch of articles")
    class AccessBatchTest {
        @Test
        void batchKeepsRequestOrder() {
            checkAccessOfAll(
                            withBearerToken(newAccountToken()),
                            Map.of("articles", List.of(url(OPEN), url(MEMBERS_ONLY), url(REGISTERED), url(METERED))))
                    .statusCode(200)
                    .body("decisions.reason", contains("OPEN", "MEMBERSHIP_REQUIRED", "REGISTERED", "METERED"));
        }

        @Test
        void batchReturnsProblemForInvalidItem() {
            checkAccessOfAll(
                            visitor(),
                            Map.of(
                                    "articles",
                                    List.of(
                                            url("ftp://example.com"),
                                            url(OPEN),
                                            Map.of(),
                                            Map.of("url", OPEN, "publishedAt", "yesterday"),
                                            Map.of("source", "wired"))))
                    .statusCode(200)
                    .body("decisions", hasSize(5))
                    .body("decisions[0].error.code", is("invalid-input"))
                    .body("decisions[0].error.errors[0].pointer", is("/articles/0/url"))
                    .body("decisions[1].granted", is(true))
                    .body("decisions[2].error.status", is(400))
                    .body("decisions[3].error.errors[0].pointer", is("/articles/3/publishedAt"))
                    .body("decisions[4].error.errors[0].pointer", is("/articles/4/article"));
        }

        @Test
        void batchShowsMeterStateForEveryItem() {
            String reader = newVisitorToken();
            for (int i = 0; i < 5; i++) {
                recordRead(visitor(reader), METERED + i).statusCode(200);
            }

            checkAccessOfAll(
                            visitor(reader),
                            Map.of("articles", List.of(url(METERED + "0"), url(METERED + "new"), url(OPEN))))
                    .statusCode(200)
                    .body("decisions.granted", contains(true, false, true))
                    .body("decisions[1].reason", is("METER_EXHAUSTED"));
        }

        @Test
        void batchOfMoreThan100ItemsIsRejected() {
            checkAccessOfAll(visitor(), Map.of("articles", Collections.nCopies(100, url(OPEN))))
                    .statusCode(200)
                    .body("decisions", hasSize(100));
            checkAccessOfAll(visitor(), Map.of("articles", Collections.nCopies(101, url(OPEN))))
                    .statusCode(422)
                    .body("code", is("too-many-articles"));
            checkAccessOfAll(visitor(), Map.of("articles", List.of()))
                    .statusCode(200)
                    .body("decisions", hasSize(0));
            checkAccessOfAll(visitor(), Map.of()).statusCode(400).body("errors[0].pointer", is("/articles"));
        }

        @Test
        void batchUsesOneQueryForAllMeters() {
            String reader = newAccountToken();
            List<Map<String, String>> articles =
                    IntStream.range(0, 50).mapToObj(i -> url(METERED + i)).toList();
            checkAccess(withBearerToken(reader), MEMBERS_ONLY);

            long fewest = Long.MAX_VALUE;
            for (int i = 0; i < 5; i++) {
                fewest = Math.min(
                        fewest,
                        countStatements(() -> checkAccessOfAll(withBearerToken(reader), Map.of("articles", articles))
                                .statusCode(200)
                                .body("decisions.reason", everyItem(is("METERED")))));
            }

            // the meter query also confirms the version of the cached standing
            assertThat(fewest).isEqualTo(1);
        }

        /** Returns the number of SQL statements during an action; those of background jobs may be among them. */
        private long countStatements(Runnable work) {
            var statistics = database.getSessionFactory().getStatistics();
            statistics.setStatisticsEnabled(true);
            statistics.clear();
            work.run();
            return statistics.getPrepareStatementCount();
        }

        @Test
        void batchOfMemberUsesNoQuery() {
            String reader = newTrialToken();
            checkAccess(withBearerToken(reader), MEMBERS_ONLY);

            long fewest = Long.MAX_VALUE;
            for (int i = 0; i < 5; i++) {
                fewest = Math.min(fewest, countStatements(() -> {
                    checkAccess(withBearerToken(reader), MEMBERS_ONLY).body("granted", is(true));
                    checkAccessOfAll(
                                    withBearerToken(reader),
                                    Map.of("articles", List.of(url(METERED), url(MEMBERS_ONLY))))
                            .statusCode(200);
                }));
            }

            assertThat(fewest).isZero();
        }

        private Map<String, String> url(String url) {
            return Map.of("url", url);
        }
    }

    @Nested
    @DisplayName("a service")
    class AccessByServiceTest {
        @Test
        void serviceStatesCountryOfReader() {
            var article = Map.of("url", OPEN);

            checkAccessOfAll(withRole("service"), Map.of("articles", List.of(article), "country", "de"))
                    .statusCode(200);
            checkAccessOfAll(withRole("service"), Map.of("articles", List.of(article), "country", "nowhere"))
                    .statusCode(400);
            checkAccessOfAll(visitor(), Map.of("articles", List.of(article), "country", "de"))
                    .statusCode(403);
        }

        @Test
        void serviceQueriesForReader() {
            String subject = newSubject();
            String reader = issueToken(subject);
            withBearerToken(reader)
                    .body(Map.of("startTrial", true))
                    .post("/v1/accounts")
                    .then()
                    .statusCode(201);

            checkAccessOfAll(
                            withRole("service"),
                            Map.of(
                                    "articles", List.of(Map.of("url", MEMBERS_ONLY)),
                                    "subject", Map.of("issuer", issuer(), "subject", subject)))
                    .statusCode(200)
                    .body("decisions[0].reason", is("TRIAL"));
        }

        @Test
        void serviceRecordsReadForReader() {
            String subject = newSubject();
            String reader = issueToken(subject);
            withBearerToken(reader).body(Map.of()).post("/v1/accounts").then().statusCode(201);

            withRole("service")
                    .header("Idempotency-Key", UUID.randomUUID().toString())
                    .body(Map.of("url", METERED + "s", "subject", Map.of("issuer", issuer(), "subject", subject)))
                    .post("/v1/reads")
                    .then()
                    .statusCode(200)
                    .body("counted", is(true));
            checkAccess(withBearerToken(reader), METERED + "t").body("meter.used", is(1));
        }

        @Test
        void serviceIsNotAReader() {
            checkAccess(withRole("service"), MEMBERS_ONLY).body("reason", is("SIGN_UP_REQUIRED"));
            withRole("service").body(Map.of()).post("/v1/accounts").then().statusCode(403);
            withRole("service").get("/v1/me").then().statusCode(403);
        }

        @Test
        void serviceQueryWithInvalidSubjectIsRejected() {
            checkAccessOfAll(
                            withRole("service"),
                            Map.of("articles", List.of(), "subject", Map.of("issuer", issuer(), "subject", "")))
                    .statusCode(400)
                    .body("errors[0].pointer", is("/subject"));
        }

        private String issuer() {
            return ConfigProvider.getConfig().getValue("quarkus.oidc.auth-server-url", String.class);
        }
    }

    @Nested
    @DisplayName("an operator")
    class DecisionMetricsTest {
        @Test
        void decisionMetricsCountReasonsWithoutPersonalData() {
            checkAccess(visitor(), MEMBERS_ONLY);

            visitor()
                    .get("/q/metrics")
                    .then()
                    .statusCode(200)
                    .body(
                            matchesPattern(
                                    "(?s).*gatefold_decisions_total\\{granted=\"false\",operation=\"check\",reason=\"SIGN_UP_REQUIRED\"} [1-9].*"))
                    .body(not(containsString("tomsguide")));
        }
    }

    private static ValidatableResponse checkAccess(RequestSpecification reader, String url) {
        return reader.queryParam("url", url).get("/v1/access").then().statusCode(200);
    }

    private static ValidatableResponse checkAccessOfAll(RequestSpecification reader, Map<String, ?> batch) {
        return reader.body(batch).post("/v1/access").then();
    }

    private static ValidatableResponse recordRead(RequestSpecification reader, String url) {
        return reader.header("Idempotency-Key", UUID.randomUUID().toString())
                .body(Map.of("url", url))
                .post("/v1/reads")
                .then();
    }

    private void insertGrantAsAnotherReplica(String subject) {
        inTransaction(() -> database.createNativeMutationQuery("""
                        insert into entitlement (id, account_id, basis, origin, plan, valid_from, valid_until)
                        select gen_random_uuid(), id, 'MEMBER', 'elsewhere', 'membership',
                               now() - interval '1 day', now() + interval '1 day'
                        from account where subject = :subject
                        """)
                .setParameter("subject", subject)
                .executeUpdate());
    }

    private static <T> T inTransaction(Callable<T> work) {
        return QuarkusTransaction.requiringNew().call(work);
    }
}
