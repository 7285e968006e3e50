package dev.gatefold.access;

import static dev.gatefold.Actors.MEMBERS_ONLY;
import static dev.gatefold.Actors.METERED;
import static dev.gatefold.Actors.OPEN;
import static dev.gatefold.Actors.REGISTERED;
import static dev.gatefold.Actors.bearer;
import static dev.gatefold.Actors.inTrial;
import static dev.gatefold.Actors.signedUp;
import static dev.gatefold.Actors.someone;
import static dev.gatefold.Actors.stranger;
import static dev.gatefold.Actors.token;
import static dev.gatefold.Actors.visitor;
import static dev.gatefold.Actors.visitorToken;
import static dev.gatefold.Actors.withRole;
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

import dev.gatefold.ServiceTest;
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

/** The question over HTTP, by who asks it. */
@ServiceTest
class AccessTest {
    @Inject
    Session database;

    @Nested
    @DisplayName("a visitor")
    class Visitor {
        @Test
        void meetsTheWallWithWhatToDoNext() {
            ask(visitor(), MEMBERS_ONLY)
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
        void readsWhatIsOpen() {
            ask(visitor(), OPEN).body("granted", is(true)).body("reason", is("OPEN"));
        }

        @Test
        void isToldOfAnAddressThatIsNobodys() {
            ask(visitor(), "https://nytimes.com.evil.test/a")
                    .body("granted", is(false))
                    .body("reason", is("SOURCE_UNKNOWN"))
                    .body("source", nullValue())
                    .body("offers", hasSize(0));
        }

        @Test
        void asksByTheSourcesOwnReference() {
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
        void withoutATokenHasAFreshMeterToLookAtAndNoneToSpend() {
            ask(visitor(), METERED + "a").body("reason", is("METERED")).body("meter.used", is(0));
            open(visitor(), METERED + "a").statusCode(400).body("code", is("visitor-required"));
        }

        @Test
        void withATokenThatIsNotOursIsToldSo() {
            ask400(visitor("v1.bm90IG91cnM")).body("code", is("visitor-token-invalid"));
            String token = visitorToken();
            ask400(visitor(token.substring(0, token.length() - 2) + "AA")).body("code", is("visitor-token-invalid"));
        }

        @Test
        void inAnAppOfApplesSeesNoPrice() {
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
        void mayNotAskInAReadersName() {
            askAll(visitor(), Map.of("articles", List.of(), "subject", Map.of("issuer", "i", "subject", "s")))
                    .statusCode(403)
                    .body("code", is("forbidden"));
        }

        private ValidatableResponse ask400(RequestSpecification reader) {
            return reader.queryParam("url", METERED).get("/v1/access").then().statusCode(400);
        }
    }

    @Nested
    @DisplayName("a reader")
    class Reader {
        @Test
        void withoutAnAccountIsAskedToSignUpAndNotToSignIn() {
            ask(stranger(), REGISTERED).body("reason", is("SIGN_UP_REQUIRED")).body("offers.kind", contains("SIGN_UP"));
        }

        @Test
        void withAnAccountReadsWhatWantsOne() {
            ask(bearer(signedUp()), REGISTERED).body("granted", is(true)).body("reason", is("REGISTERED"));
        }

        @Test
        void inTheTrialReadsEverything() {
            String reader = inTrial();

            ask(bearer(reader), MEMBERS_ONLY).body("reason", is("TRIAL")).body("version", is(1));
            ask(bearer(reader), METERED + "a").body("reason", is("TRIAL")).body("meter", nullValue());
        }

        @Test
        void isLetInAtTheMomentOfTheTrialThoughTheDenialWasJustSaid() {
            String reader = signedUp();
            ask(bearer(reader), MEMBERS_ONLY).body("granted", is(false));

            bearer(reader).post("/v1/me/trial").then().statusCode(201);

            ask(bearer(reader), MEMBERS_ONLY).body("granted", is(true));
        }

        @Test
        void isLetInAtOnceWhenAnotherReplicaGrants() {
            String subject = someone();
            String reader = token(subject);
            bearer(reader).body(Map.of()).post("/v1/accounts").then().statusCode(201);
            ask(bearer(reader), MEMBERS_ONLY).body("granted", is(false));

            grantBehindOurBack(subject);

            ask(bearer(reader), MEMBERS_ONLY).body("granted", is(true)).body("reason", is("MEMBER"));
        }

        @Test
        void mayKeepAnAnswerForAWhileAndAskWhetherItStillHolds() {
            String reader = inTrial();
            Response first = bearer(reader).queryParam("url", MEMBERS_ONLY).get("/v1/access");
            String tag = first.header("ETag");
            Instant asOf = Instant.parse(first.path("asOf"));
            Instant validUntil = Instant.parse(first.path("validUntil"));

            assertThat(tag).startsWith("W/\"");
            assertThat(Duration.between(asOf, validUntil)).isEqualTo(Duration.ofSeconds(30));
            first.then().header("Cache-Control", is("private, max-age=30")).header("Vary", containsString("X-Visitor"));

            bearer(reader)
                    .header("If-None-Match", tag)
                    .queryParam("url", MEMBERS_ONLY)
                    .get("/v1/access")
                    .then()
                    .statusCode(304)
                    .header("ETag", is(tag))
                    .header("Cache-Control", is("private, max-age=30"))
                    .body(is(emptyString()));
            bearer(reader)
                    .header("If-None-Match", tag)
                    .queryParam("url", MEMBERS_ONLY + "-2")
                    .get("/v1/access")
                    .then()
                    .statusCode(200);
        }

        @Test
        void mayNotAskInAnotherReadersName() {
            askAll(bearer(inTrial()), Map.of("articles", List.of(), "subject", Map.of("issuer", "i", "subject", "s")))
                    .statusCode(403);
        }

        @Test
        void isNotHeldUpByAnOldVisitorsToken() {
            bearer(inTrial())
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
    class Opener {
        @Test
        void isAnsweredTheSameWithTheSameKey() {
            String reader = visitorToken();
            String key = UUID.randomUUID().toString();

            String first = openWith(visitor(reader), key, METERED + "a")
                    .statusCode(200)
                    .extract()
                    .asString();
            String second = openWith(visitor(reader), key, METERED + "a")
                    .statusCode(200)
                    .extract()
                    .asString();

            assertThat(second).isEqualTo(first);
            assertThat(first).contains("\"counted\":true");
            ask(visitor(reader), METERED + "b").body("meter.used", is(1));
        }

        @Test
        void cannotUseAKeyForAnotherArticle() {
            String reader = visitorToken();
            String key = UUID.randomUUID().toString();
            openWith(visitor(reader), key, METERED + "a").statusCode(200);

            openWith(visitor(reader), key, METERED + "b").statusCode(422).body("code", is("idempotency-key-reused"));
            ask(visitor(reader), METERED + "b").body("meter.used", is(1));
        }

        @Test
        void mayHaveTheSameKeyAsSomebodyElse() {
            String key = UUID.randomUUID().toString();
            openWith(visitor(visitorToken()), key, METERED + "a")
                    .statusCode(200)
                    .body("counted", is(true));
            openWith(visitor(visitorToken()), key, METERED + "b")
                    .statusCode(200)
                    .body("counted", is(true));
        }

        @Test
        void needsAKey() {
            visitor()
                    .body(Map.of("url", OPEN))
                    .post("/v1/reads")
                    .then()
                    .statusCode(400)
                    .body("code", is("idempotency-key-required"));
        }

        @Test
        void isRecordedForThePublisher() {
            String reader = inTrial();
            long before = reads("toms-guide");

            open(bearer(reader), MEMBERS_ONLY)
                    .statusCode(200)
                    .body("granted", is(true))
                    .body("counted", is(false));
            open(bearer(signedUp()), MEMBERS_ONLY).statusCode(200).body("granted", is(false));

            assertThat(reads("toms-guide") - before).isEqualTo(1);
        }

        @Test
        void needsNoTokenForWhatIsOpen() {
            open(visitor(), OPEN).statusCode(200).body("granted", is(true)).body("reason", is("OPEN"));
        }

        private ValidatableResponse openWith(RequestSpecification reader, String key, String url) {
            return reader.header("Idempotency-Key", key)
                    .body(Map.of("url", url))
                    .post("/v1/reads")
                    .then();
        }

        private long reads(String source) {
            return inTransaction(
                    () -> database.createNativeQuery("select count(*) from read where source = :source", Long.class)
                            .setParameter("source", source)
                            .getSingleResult());
        }
    }

    @Nested
    @DisplayName("a front page of teasers")
    class FrontPage {
        @Test
        void isAnsweredInTheOrderAsked() {
            askAll(
                            bearer(signedUp()),
                            Map.of("articles", List.of(url(OPEN), url(MEMBERS_ONLY), url(REGISTERED), url(METERED))))
                    .statusCode(200)
                    .body("decisions.reason", contains("OPEN", "MEMBERSHIP_REQUIRED", "REGISTERED", "METERED"));
        }

        @Test
        void hasAProblemInThePlaceOfAnItemThatCannotBeAnswered() {
            askAll(
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
        void knowsForEveryTeaserWhetherTheMeterAdmitsIt() {
            String reader = visitorToken();
            for (int i = 0; i < 5; i++) {
                open(visitor(reader), METERED + i).statusCode(200);
            }

            askAll(visitor(reader), Map.of("articles", List.of(url(METERED + "0"), url(METERED + "new"), url(OPEN))))
                    .statusCode(200)
                    .body("decisions.granted", contains(true, false, true))
                    .body("decisions[1].reason", is("METER_EXHAUSTED"));
        }

        @Test
        void hasAtMostAHundredTeasers() {
            askAll(visitor(), Map.of("articles", Collections.nCopies(100, url(OPEN))))
                    .statusCode(200)
                    .body("decisions", hasSize(100));
            askAll(visitor(), Map.of("articles", Collections.nCopies(101, url(OPEN))))
                    .statusCode(422)
                    .body("code", is("too-many-articles"));
            askAll(visitor(), Map.of("articles", List.of())).statusCode(200).body("decisions", hasSize(0));
            askAll(visitor(), Map.of()).statusCode(400).body("errors[0].pointer", is("/articles"));
        }

        @Test
        void asksTheDatabaseOnceForAllItsMeters() {
            String reader = signedUp();
            List<Map<String, String>> articles =
                    IntStream.range(0, 50).mapToObj(i -> url(METERED + i)).toList();
            ask(bearer(reader), MEMBERS_ONLY);

            long fewest = Long.MAX_VALUE;
            for (int i = 0; i < 5; i++) {
                fewest = Math.min(
                        fewest,
                        statementsOf(() -> askAll(bearer(reader), Map.of("articles", articles))
                                .statusCode(200)
                                .body("decisions.reason", everyItem(is("METERED")))));
            }

            // the meters, which also say whether the reader still holds what is remembered
            assertThat(fewest).isEqualTo(1);
        }

        /** How many statements there were meanwhile; those of jobs in the background may be among them. */
        private long statementsOf(Runnable work) {
            var statistics = database.getSessionFactory().getStatistics();
            statistics.setStatisticsEnabled(true);
            statistics.clear();
            work.run();
            return statistics.getPrepareStatementCount();
        }

        @Test
        void asksTheDatabaseNothingForAMember() {
            String reader = inTrial();
            ask(bearer(reader), MEMBERS_ONLY);

            long fewest = Long.MAX_VALUE;
            for (int i = 0; i < 5; i++) {
                fewest = Math.min(fewest, statementsOf(() -> {
                    ask(bearer(reader), MEMBERS_ONLY).body("granted", is(true));
                    askAll(bearer(reader), Map.of("articles", List.of(url(METERED), url(MEMBERS_ONLY))))
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
    class Service {
        @Test
        void saysWhereTheReaderIs() {
            var article = Map.of("url", OPEN);

            askAll(withRole("service"), Map.of("articles", List.of(article), "country", "de"))
                    .statusCode(200);
            askAll(withRole("service"), Map.of("articles", List.of(article), "country", "nowhere"))
                    .statusCode(400);
            askAll(visitor(), Map.of("articles", List.of(article), "country", "de"))
                    .statusCode(403);
        }

        @Test
        void asksInAReadersName() {
            String subject = someone();
            String reader = token(subject);
            bearer(reader)
                    .body(Map.of("startTrial", true))
                    .post("/v1/accounts")
                    .then()
                    .statusCode(201);

            askAll(
                            withRole("service"),
                            Map.of(
                                    "articles", List.of(Map.of("url", MEMBERS_ONLY)),
                                    "subject", Map.of("issuer", issuer(), "subject", subject)))
                    .statusCode(200)
                    .body("decisions[0].reason", is("TRIAL"));
        }

        @Test
        void opensInAReadersName() {
            String subject = someone();
            String reader = token(subject);
            bearer(reader).body(Map.of()).post("/v1/accounts").then().statusCode(201);

            withRole("service")
                    .header("Idempotency-Key", UUID.randomUUID().toString())
                    .body(Map.of("url", METERED + "s", "subject", Map.of("issuer", issuer(), "subject", subject)))
                    .post("/v1/reads")
                    .then()
                    .statusCode(200)
                    .body("counted", is(true));
            ask(bearer(reader), METERED + "t").body("meter.used", is(1));
        }

        @Test
        void isNobodysReader() {
            ask(withRole("service"), MEMBERS_ONLY).body("reason", is("SIGN_UP_REQUIRED"));
            withRole("service").body(Map.of()).post("/v1/accounts").then().statusCode(403);
            withRole("service").get("/v1/me").then().statusCode(403);
        }

        @Test
        void mustNameASubjectThatCanBe() {
            askAll(
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
    class Operator {
        @Test
        void seesHowManyAnswersOfWhichReasonAndOfNobodyWhose() {
            ask(visitor(), MEMBERS_ONLY);

            visitor()
                    .get("/q/metrics")
                    .then()
                    .statusCode(200)
                    .body(
                            matchesPattern(
                                    "(?s).*gatefold_decisions_total\\{call=\"check\",granted=\"false\",reason=\"SIGN_UP_REQUIRED\"} [1-9].*"))
                    .body(not(containsString("tomsguide")));
        }
    }

    private static ValidatableResponse ask(RequestSpecification reader, String url) {
        return reader.queryParam("url", url).get("/v1/access").then().statusCode(200);
    }

    private static ValidatableResponse askAll(RequestSpecification reader, Map<String, ?> batch) {
        return reader.body(batch).post("/v1/access").then();
    }

    private static ValidatableResponse open(RequestSpecification reader, String url) {
        return reader.header("Idempotency-Key", UUID.randomUUID().toString())
                .body(Map.of("url", url))
                .post("/v1/reads")
                .then();
    }

    private void grantBehindOurBack(String subject) {
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
