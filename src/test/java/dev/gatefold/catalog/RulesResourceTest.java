package dev.gatefold.catalog;

import static dev.gatefold.testing.TestCallers.advanceClock;
import static dev.gatefold.testing.TestCallers.moveClockTo;
import static dev.gatefold.testing.TestCallers.newAccountToken;
import static dev.gatefold.testing.TestCallers.newTrialToken;
import static dev.gatefold.testing.TestCallers.serviceNow;
import static dev.gatefold.testing.TestCallers.visitor;
import static dev.gatefold.testing.TestCallers.withBearerToken;
import static dev.gatefold.testing.TestCallers.withRole;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import dev.gatefold.catalog.rules.Gate;
import dev.gatefold.catalog.rules.Policy;
import dev.gatefold.catalog.rules.RuleDraft;
import dev.gatefold.catalog.rules.Territories;
import dev.gatefold.testing.ServiceTest;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import java.nio.charset.StandardCharsets;
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

/** Access rules that administrators create and withdraw, and their effect on decisions. Each test uses its own source. */
@ServiceTest
class RulesResourceTest {
    private static final Policy OPEN = Policy.of(Gate.OPEN);
    private static final Policy MEMBERS = Policy.of(Gate.MEMBERS);

    private final String source = "t-" + UUID.randomUUID();
    private final String rules = "/admin/v1/sources/" + source + "/rules";

    @BeforeEach
    void createMembersSource() {
        importSources("slug\tname\thosts\tgate\n%1$s\t%1$s\t%1$s.example\tMEMBERS\n".formatted(source));
    }

    @AfterEach
    void restoreSeededCatalog() throws Exception {
        try (var file = RulesResourceTest.class.getResourceAsStream("/catalog/sources.tsv")) {
            importSources(new String(file.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    private static void importSources(String table) {
        withRole("admin")
                .contentType("text/tab-separated-values")
                .body(table.getBytes(StandardCharsets.UTF_8))
                .put("/admin/v1/sources")
                .then()
                .statusCode(200);
    }

    private String ruleListTag() {
        return withRole("support").get(rules).then().statusCode(200).extract().header("ETag");
    }

    private ValidatableResponse createRule(RuleDraft draft) {
        return createRule(draft, ruleListTag()).then();
    }

    private Response createRule(RuleDraft draft, String ifMatch) {
        return withRole("admin").header("If-Match", ifMatch).body(draft).post(rules);
    }

    private ValidatableResponse checkAccess(String path) {
        return visitor()
                .queryParam("url", "https://" + source + ".example" + path)
                .get("/v1/access")
                .then()
                .statusCode(200);
    }

    private static RuleDraft wholeSource(Policy policy) {
        return new RuleDraft(null, null, null, policy, null);
    }

    private static Instant inHours(int hours) {
        return serviceNow().truncatedTo(ChronoUnit.SECONDS).plus(Duration.ofHours(hours));
    }

    @Nested
    class RulesByAdministrator {
        @Test
        void ruleChangesGateImmediately() {
            checkAccess("/a").body("reason", is("SIGN_UP_REQUIRED"));

            createRule(new RuleDraft(null, null, null, OPEN, "free during the book fair"))
                    .statusCode(201)
                    .body("version", is(2), "policy.gate", is("OPEN"), "note", is("free during the book fair"))
                    .header("Location", containsString(rules + "/2"));

            checkAccess("/a").body("reason", is("OPEN"));
            visitor().get("/v1/sources/" + source).then().body("policy.gate", is("OPEN"));
        }

        @Test
        void futureRuleLimitsValidUntil() {
            Instant from = inHours(5);
            createRule(new RuleDraft(null, from, from.plus(Duration.ofHours(1)), OPEN, null))
                    .statusCode(201);

            moveClockTo(from.minusSeconds(10));
            checkAccess("/a").body("reason", is("SIGN_UP_REQUIRED"), "validUntil", is(from.toString()));
            moveClockTo(from);
            checkAccess("/a").body("reason", is("OPEN"));
            visitor().get("/v1/sources/" + source).then().body("policy.gate", is("OPEN"));
            advanceClock(Duration.ofHours(1));
            checkAccess("/a").body("reason", is("SIGN_UP_REQUIRED"));
        }

        @Test
        void ruleAppliesToSection() {
            createRule(new RuleDraft("News", null, null, OPEN, null)).statusCode(201);
            createRule(new RuleDraft("/news/markets/", null, null, Policy.of(Gate.REGISTERED), null))
                    .statusCode(201)
                    .body("section", is("news/markets"));

            checkAccess("/news/a").body("reason", is("OPEN"));
            checkAccess("/news/markets/asia/a").body("reason", is("SIGN_UP_REQUIRED"));
            checkAccess("/newsletter/a").body("reason", is("SIGN_UP_REQUIRED"));
            withBearerToken(newTrialToken())
                    .queryParam("source", source)
                    .queryParam("article", "1")
                    .queryParam("section", "News / Markets".replace(" ", ""))
                    .get("/v1/access")
                    .then()
                    .body("reason", is("REGISTERED"));
            visitor().get("/v1/sources/" + source).then().body("sections.'news/markets'.gate", is("REGISTERED"));
        }

        @Test
        void withdrawnRuleRemainsInHistory() {
            createRule(wholeSource(OPEN)).statusCode(201);

            withRole("admin")
                    .header("If-Match", ruleListTag())
                    .delete(rules + "/2")
                    .then()
                    .statusCode(204);

            checkAccess("/a").body("reason", is("SIGN_UP_REQUIRED"));
            withRole("support").get(rules + "/2").then().body("policy.gate", is("OPEN"));
            withRole("admin")
                    .header("If-Match", ruleListTag())
                    .delete(rules + "/2")
                    .then()
                    .statusCode(409);
            withRole("admin")
                    .header("If-Match", ruleListTag())
                    .delete(rules + "/1")
                    .then()
                    .statusCode(409);
            withRole("admin")
                    .header("If-Match", ruleListTag())
                    .delete(rules + "/9")
                    .then()
                    .statusCode(404);
        }

        @Test
        void invalidRuleIsReported() {
            createRule(new RuleDraft(null, serviceNow().minusSeconds(60), null, OPEN, null))
                    .statusCode(400)
                    .body("errors[0].pointer", is("/from"));
            createRule(new RuleDraft(null, inHours(2), inHours(1), OPEN, null))
                    .statusCode(400)
                    .body("errors[0].pointer", is("/until"));
            createRule(new RuleDraft(null, null, Instant.parse("9999-12-31T23:59:59Z"), OPEN, null))
                    .statusCode(400)
                    .body("errors[0].pointer", is("/until"));
            createRule(wholeSource(null)).statusCode(400).body("errors[0].pointer", is("/policy"));
            withRole("admin")
                    .header("If-Match", ruleListTag())
                    .body(Map.of("policy", Map.of("gate", "METERED")))
                    .post(rules)
                    .then()
                    .statusCode(400)
                    .body("errors[0].pointer", startsWith("/policy"));
        }

        @Test
        void ruleWithStaleIfMatchIsRejected() {
            String tag = ruleListTag();
            createRule(wholeSource(OPEN), tag).then().statusCode(201);

            createRule(wholeSource(MEMBERS), tag).then().statusCode(412).body("code", is("changed-meanwhile"));
            withRole("admin").body(wholeSource(MEMBERS)).post(rules).then().statusCode(428);
        }

        @Test
        void concurrentRuleChangesAdmitOne() throws Exception {
            String tag = ruleListTag();
            List<Callable<Integer>> requests = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                requests.add(() -> createRule(wholeSource(OPEN), tag).statusCode());
            }

            List<Integer> statuses = new ArrayList<>();
            try (var threads = Executors.newFixedThreadPool(8)) {
                for (Future<Integer> response : threads.invokeAll(requests)) {
                    statuses.add(response.get());
                }
            }

            assertThat(statuses).filteredOn(status -> status == 201).hasSize(1);
            assertThat(statuses).filteredOn(status -> status == 412).hasSize(7);
            withRole("support").get(rules).then().body("items", hasSize(2));
        }
    }

    @Test
    void sourceImportKeepsRules() {
        createRule(wholeSource(OPEN)).statusCode(201);

        createMembersSource();

        checkAccess("/a").body("reason", is("OPEN"));
        importSources("slug\tname\thosts\tgate\tlead_in\n%1$s\t%1$s\t%1$s.example\tMEMBERS\t50\n".formatted(source));
        checkAccess("/a").body("reason", is("SIGN_UP_REQUIRED"), "leadIn", is(50));
        withRole("support").get(rules).then().body("items.fromTable", is(List.of(true, false, true)));
    }

    @Test
    void embargoAndArchiveDependOnArticleAge() {
        createRule(wholeSource(Policy.builder(Gate.OPEN)
                        .embargoHours(24)
                        .archiveDays(30)
                        .leadIn(120)
                        .build()))
                .statusCode(201);
        Instant published = serviceNow().truncatedTo(ChronoUnit.SECONDS);

        checkAccessToArticlePublishedAt(published)
                .body("reason", is("EMBARGOED"), "leadIn", is(120))
                .body("offers.kind", is(List.of("SIGN_UP", "SIGN_IN", "WAIT")));
        createRule(new RuleDraft(
                        "exclusive",
                        null,
                        null,
                        Policy.builder(Gate.MEMBERS).embargoHours(24).build(),
                        null))
                .statusCode(201);
        visitor()
                .queryParam("source", source)
                .queryParam("article", "a")
                .queryParam("section", "exclusive")
                .queryParam("publishedAt", published.toString())
                .get("/v1/access")
                .then()
                .body("reason", is("EMBARGOED"), "offers.kind", is(List.of("SIGN_UP", "SIGN_IN")));
        moveClockTo(published.plus(Duration.ofHours(24)).minusSeconds(5));
        checkAccessToArticlePublishedAt(published)
                .body("validUntil", is(published.plus(Duration.ofHours(24)).toString()));
        moveClockTo(published.plus(Duration.ofHours(24)));
        checkAccessToArticlePublishedAt(published).body("reason", is("OPEN"), "leadIn", nullValue());
        moveClockTo(published.plus(Duration.ofDays(30)));
        checkAccessToArticlePublishedAt(published).body("reason", is("SIGN_UP_REQUIRED"));
    }

    @Test
    void territoryDependsOnCountryHeader() {
        Territories germany = new Territories(Set.of("DE"), null);
        createRule(wholeSource(Policy.builder(Gate.OPEN).territories(germany).build()))
                .statusCode(201);

        for (var reasonOfCountry :
                Map.of("DE", "OPEN", "at", "TERRITORY", "XX", "TERRITORY").entrySet()) {
            visitor()
                    .header("X-Country", reasonOfCountry.getKey())
                    .queryParam("url", "https://" + source + ".example/a")
                    .get("/v1/access")
                    .then()
                    .body("reason", is(reasonOfCountry.getValue()), "offers", hasSize(0));
        }
        checkAccess("/a").body("reason", is("TERRITORY"));
    }

    @Test
    void crawlerIsGrantedWhereRuleAdmitsIt() {
        checkAccess("/a").body("reason", is("SIGN_UP_REQUIRED"));
        createRule(new RuleDraft(
                        "free",
                        null,
                        null,
                        Policy.builder(Gate.MEMBERS).crawlers(true).build(),
                        null))
                .statusCode(201);

        checkAccess("/free/a").body("reason", is("CRAWLER"));
        checkAccess("/other/a").body("reason", is("SIGN_UP_REQUIRED"));
        withBearerToken(newAccountToken())
                .queryParam("url", "https://" + source + ".example/free/a")
                .get("/v1/access")
                .then()
                .body("reason", is("MEMBERSHIP_REQUIRED"));
    }

    private ValidatableResponse checkAccessToArticlePublishedAt(Instant at) {
        return visitor()
                .queryParam("source", source)
                .queryParam("article", "a")
                .queryParam("publishedAt", at.toString())
                .get("/v1/access")
                .then()
                .statusCode(200);
    }

    @Nested
    class RulesByOtherCallers {
        @Test
        void rulesRequireAdminRole() {
            for (String role : List.of("reader", "service", "support")) {
                withRole(role)
                        .header("If-Match", "\"1\"")
                        .body(wholeSource(OPEN))
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
