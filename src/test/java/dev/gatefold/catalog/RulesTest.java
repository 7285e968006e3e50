package dev.gatefold.catalog;

import static dev.gatefold.Actors.advance;
import static dev.gatefold.Actors.bearer;
import static dev.gatefold.Actors.inTrial;
import static dev.gatefold.Actors.moveClockTo;
import static dev.gatefold.Actors.now;
import static dev.gatefold.Actors.signedUp;
import static dev.gatefold.Actors.visitor;
import static dev.gatefold.Actors.withRole;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import dev.gatefold.ServiceTest;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** How an administrator closes a title, from when, and what readers are told of it. Every test has a title of its own. */
@ServiceTest
class RulesTest {
    private static final Policy OPEN = Policy.of(Gate.OPEN);
    private static final Policy MEMBERS = Policy.of(Gate.MEMBERS);

    private final String title = "t-" + UUID.randomUUID();
    private final String rules = "/admin/v1/sources/" + title + "/rules";

    @BeforeEach
    void aTitleForMembers() {
        put("slug\tname\thosts\tgate\n%1$s\t%1$s\t%1$s.example\tMEMBERS\n".formatted(title));
    }

    @AfterEach
    void bringBackWhatWas() throws Exception {
        moveClockTo(Clock.systemUTC().instant());
        try (var file = RulesTest.class.getResourceAsStream("/catalog/sources.tsv")) {
            put(new String(file.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    private static void put(String table) {
        withRole("admin")
                .contentType("text/tab-separated-values")
                .body(table.getBytes(StandardCharsets.UTF_8))
                .put("/admin/v1/sources")
                .then()
                .statusCode(200);
    }

    private String tag() {
        return withRole("support").get(rules).then().statusCode(200).extract().header("ETag");
    }

    private ValidatableResponse make(RuleDraft draft) {
        return make(draft, tag()).then();
    }

    private Response make(RuleDraft draft, String ifMatch) {
        return withRole("admin").header("If-Match", ifMatch).body(draft).post(rules);
    }

    private ValidatableResponse ask(String path) {
        return visitor()
                .queryParam("url", "https://" + title + ".example" + path)
                .get("/v1/access")
                .then()
                .statusCode(200);
    }

    private static RuleDraft forAll(Policy policy) {
        return new RuleDraft(null, null, null, policy, null);
    }

    private static Instant inHours(int hours) {
        return now().truncatedTo(ChronoUnit.SECONDS).plus(Duration.ofHours(hours));
    }

    @Nested
    class AnAdministrator {
        @Test
        void changesTheGateFromNowOn() {
            ask("/a").body("reason", is("SIGN_UP_REQUIRED"));

            make(new RuleDraft(null, null, null, OPEN, "free for a fair"))
                    .statusCode(201)
                    .body("version", is(2), "policy.gate", is("OPEN"), "note", is("free for a fair"))
                    .header("Location", containsString(rules + "/2"));

            ask("/a").body("reason", is("OPEN"));
            visitor().get("/v1/sources/" + title).then().body("policy.gate", is("OPEN"));
        }

        @Test
        void plansAheadAndTheAnswerSaysUntilWhenItHolds() {
            Instant from = inHours(5);
            make(new RuleDraft(null, from, from.plus(Duration.ofHours(1)), OPEN, null))
                    .statusCode(201);

            moveClockTo(from.minusSeconds(10));
            ask("/a").body("reason", is("SIGN_UP_REQUIRED"), "validUntil", is(from.toString()));
            moveClockTo(from);
            ask("/a").body("reason", is("OPEN"));
            visitor().get("/v1/sources/" + title).then().body("policy.gate", is("OPEN"));
            advance(Duration.ofHours(1));
            ask("/a").body("reason", is("SIGN_UP_REQUIRED"));
        }

        @Test
        void givesASectionAPolicyOfItsOwn() {
            make(new RuleDraft("News", null, null, OPEN, null)).statusCode(201);
            make(new RuleDraft("/news/markets/", null, null, Policy.of(Gate.REGISTERED), null))
                    .statusCode(201)
                    .body("section", is("news/markets"));

            ask("/news/a").body("reason", is("OPEN"));
            ask("/news/markets/asia/a").body("reason", is("SIGN_UP_REQUIRED"));
            ask("/newsletter/a").body("reason", is("SIGN_UP_REQUIRED"));
            bearer(inTrial())
                    .queryParam("source", title)
                    .queryParam("article", "1")
                    .queryParam("section", "News / Markets".replace(" ", ""))
                    .get("/v1/access")
                    .then()
                    .body("reason", is("REGISTERED"));
            visitor().get("/v1/sources/" + title).then().body("sections.'news/markets'.gate", is("REGISTERED"));
        }

        @Test
        void takesARuleBackAndWhatItWasStaysWritten() {
            make(forAll(OPEN)).statusCode(201);

            withRole("admin")
                    .header("If-Match", tag())
                    .delete(rules + "/2")
                    .then()
                    .statusCode(204);

            ask("/a").body("reason", is("SIGN_UP_REQUIRED"));
            withRole("support").get(rules + "/2").then().body("policy.gate", is("OPEN"));
            withRole("admin")
                    .header("If-Match", tag())
                    .delete(rules + "/2")
                    .then()
                    .statusCode(409);
            withRole("admin")
                    .header("If-Match", tag())
                    .delete(rules + "/1")
                    .then()
                    .statusCode(409);
            withRole("admin")
                    .header("If-Match", tag())
                    .delete(rules + "/9")
                    .then()
                    .statusCode(404);
        }

        @Test
        void isToldWhatIsWrong() {
            make(new RuleDraft(null, now().minusSeconds(60), null, OPEN, null))
                    .statusCode(400)
                    .body("errors[0].pointer", is("/from"));
            make(new RuleDraft(null, inHours(2), inHours(1), OPEN, null))
                    .statusCode(400)
                    .body("errors[0].pointer", is("/until"));
            make(new RuleDraft(null, null, Instant.parse("9999-12-31T23:59:59Z"), OPEN, null))
                    .statusCode(400)
                    .body("errors[0].pointer", is("/until"));
            make(forAll(null)).statusCode(400).body("errors[0].pointer", is("/policy"));
            withRole("admin")
                    .header("If-Match", tag())
                    .body(Map.of("policy", Map.of("gate", "METERED")))
                    .post(rules)
                    .then()
                    .statusCode(400)
                    .body("errors[0].pointer", startsWith("/policy"));
        }

        @Test
        void losesNobodysChange() {
            String tag = tag();
            make(forAll(OPEN), tag).then().statusCode(201);

            make(forAll(MEMBERS), tag).then().statusCode(412).body("code", is("changed-meanwhile"));
            withRole("admin").body(forAll(MEMBERS)).post(rules).then().statusCode(428);
        }

        @Test
        void isOneOfManyWhoTryAtOnce() throws Exception {
            String tag = tag();
            List<Callable<Integer>> tries = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                tries.add(() -> make(forAll(OPEN), tag).statusCode());
            }

            List<Integer> answers = new ArrayList<>();
            try (var threads = Executors.newFixedThreadPool(8)) {
                for (Future<Integer> answer : threads.invokeAll(tries)) {
                    answers.add(answer.get());
                }
            }

            assertThat(answers).filteredOn(status -> status == 201).hasSize(1);
            assertThat(answers).filteredOn(status -> status == 412).hasSize(7);
            withRole("support").get(rules).then().body("items", hasSize(2));
        }
    }

    @Test
    void theTableOfTheSourcesAgainLeavesRulesAlone() {
        make(forAll(OPEN)).statusCode(201);

        aTitleForMembers();

        ask("/a").body("reason", is("OPEN"));
        put("slug\tname\thosts\tgate\tlead_in\n%1$s\t%1$s\t%1$s.example\tMEMBERS\t50\n".formatted(title));
        ask("/a").body("reason", is("SIGN_UP_REQUIRED"), "leadIn", is(50));
        withRole("support").get(rules).then().body("items.fromTable", is(List.of(true, false, true)));
    }

    @Test
    void anEmbargoAndAnArchiveGoByTheArticlesAge() {
        make(forAll(new Policy(Gate.OPEN, null, null, 24, 30, null, null, null, 120, null)))
                .statusCode(201);
        Instant published = now().truncatedTo(ChronoUnit.SECONDS);

        askPublished(published)
                .body("reason", is("EMBARGOED"), "leadIn", is(120))
                .body("offers.kind", is(List.of("SIGN_UP", "SIGN_IN", "WAIT")));
        make(new RuleDraft(
                        "exclusive",
                        null,
                        null,
                        new Policy(Gate.MEMBERS, null, null, 24, null, null, null, null, null, null),
                        null))
                .statusCode(201);
        visitor()
                .queryParam("source", title)
                .queryParam("article", "a")
                .queryParam("section", "exclusive")
                .queryParam("publishedAt", published.toString())
                .get("/v1/access")
                .then()
                .body("reason", is("EMBARGOED"), "offers.kind", is(List.of("SIGN_UP", "SIGN_IN")));
        moveClockTo(published.plus(Duration.ofHours(24)).minusSeconds(5));
        askPublished(published)
                .body("validUntil", is(published.plus(Duration.ofHours(24)).toString()));
        moveClockTo(published.plus(Duration.ofHours(24)));
        askPublished(published).body("reason", is("OPEN"), "leadIn", nullValue());
        moveClockTo(published.plus(Duration.ofDays(30)));
        askPublished(published).body("reason", is("SIGN_UP_REQUIRED"));
    }

    @Test
    void aTerritoryGoesByWhatTheGatewaySays() {
        Territories germany = new Territories(Set.of("DE"), null);
        make(forAll(new Policy(Gate.OPEN, null, null, null, null, germany, null, null, null, null)))
                .statusCode(201);

        for (var answer :
                Map.of("DE", "OPEN", "at", "TERRITORY", "XX", "TERRITORY").entrySet()) {
            visitor()
                    .header("X-Country", answer.getKey())
                    .queryParam("url", "https://" + title + ".example/a")
                    .get("/v1/access")
                    .then()
                    .body("reason", is(answer.getValue()), "offers", hasSize(0));
        }
        ask("/a").body("reason", is("TERRITORY"));
    }

    @Test
    void aSearchEngineReadsAlongWhereItIsWelcome() {
        ask("/a").body("reason", is("SIGN_UP_REQUIRED"));
        make(new RuleDraft(
                        "free",
                        null,
                        null,
                        new Policy(Gate.MEMBERS, null, null, null, null, null, null, null, null, true),
                        null))
                .statusCode(201);

        ask("/free/a").body("reason", is("CRAWLER"));
        ask("/other/a").body("reason", is("SIGN_UP_REQUIRED"));
        bearer(signedUp())
                .queryParam("url", "https://" + title + ".example/free/a")
                .get("/v1/access")
                .then()
                .body("reason", is("MEMBERSHIP_REQUIRED"));
    }

    private ValidatableResponse askPublished(Instant at) {
        return visitor()
                .queryParam("source", title)
                .queryParam("article", "a")
                .queryParam("publishedAt", at.toString())
                .get("/v1/access")
                .then()
                .statusCode(200);
    }

    @Nested
    class Others {
        @Test
        void changeNothing() {
            for (String role : List.of("reader", "service", "support")) {
                withRole(role)
                        .header("If-Match", "\"1\"")
                        .body(forAll(OPEN))
                        .post(rules)
                        .then()
                        .statusCode(403);
                withRole(role)
                        .header("If-Match", "\"1\"")
                        .delete(rules + "/1")
                        .then()
                        .statusCode(403);
            }
            withRole("support").get(rules).then().body("items.version", everyItem(is(1)));
            withRole("reader").get(rules).then().statusCode(403);
        }
    }
}
