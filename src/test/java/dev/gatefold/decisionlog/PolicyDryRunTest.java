package dev.gatefold.decisionlog;

import static dev.gatefold.testing.TestCallers.newAccountToken;
import static dev.gatefold.testing.TestCallers.newTrialToken;
import static dev.gatefold.testing.TestCallers.newVisitorToken;
import static dev.gatefold.testing.TestCallers.visitor;
import static dev.gatefold.testing.TestCallers.withBearerToken;
import static dev.gatefold.testing.TestCallers.withRole;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.notNullValue;

import dev.gatefold.testing.ServiceTest;
import dev.gatefold.testing.TestGrants;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.hibernate.Session;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Dry runs of policies on sampled decisions. No other test uses this source. */
@ServiceTest
class PolicyDryRunTest {
    private static final String TITLE = "taz";
    private static final String URL = "https://taz.de/politik/ein-artikel";

    @Inject
    Session database;

    @BeforeEach
    void clearDecisionSamples() {
        dryRun(Map.of("gate", "OPEN"));
        QuarkusTransaction.requiringNew()
                .run(() -> database.createNativeMutationQuery("delete from decision_sample where source = :title")
                        .setParameter("title", TITLE)
                        .executeUpdate());
    }

    private static String checkAccess(RequestSpecification who) {
        return who.queryParam("url", URL)
                .get("/v1/access")
                .then()
                .statusCode(200)
                .extract()
                .header("Decision-Id");
    }

    private static ValidatableResponse dryRun(Map<String, ?> policy) {
        return dryRun(Map.of("source", TITLE, "policy", policy), 200);
    }

    private static ValidatableResponse dryRun(Map<String, ?> draft, int status) {
        return withRole("support")
                .body(Map.of("drafts", List.of(draft)))
                .post("/admin/v1/policies/dry-run")
                .then()
                .statusCode(status);
    }

    private static void checkAccessAsEveryReaderKind() {
        checkAccess(visitor());
        checkAccess(visitor(newVisitorToken()));
        checkAccess(withBearerToken(newAccountToken()));
        checkAccess(withBearerToken(newTrialToken()));
        checkAccess(withBearerToken(TestGrants.newMemberToken()));
    }

    @Test
    void closingOpenSourceWouldDenyReadersWithoutEntitlement() {
        checkAccessAsEveryReaderKind();

        dryRun(Map.of("gate", "MEMBERS"))
                .body("complete", is(true), "result.decisions", is(5), "result.closed", is(3), "result.opened", is(0))
                .body("result.otherwise", is(2))
                .body("result.readers.VISITOR.closed", is(2), "result.readers.REGISTERED.closed", is(1))
                .body("result.readers.TRIAL.closed", is(0), "result.readers.MEMBER.otherwise", is(1))
                .body("result.examples", hasSize(5), "result.examples[0].before", is("OPEN"));
        dryRun(Map.of("gate", "OPEN")).body("result.closed", is(0), "result.examples", hasSize(0));
    }

    @Test
    void excludingTrialsWouldDenyTrialReaders() {
        checkAccessAsEveryReaderKind();

        dryRun(Map.of("gate", "MEMBERS", "inTrials", false))
                .body("result.readers.TRIAL.closed", is(1), "result.readers.MEMBER.closed", is(0));
    }

    @Test
    void unknownMeterStateIsReportedAsAssumed() {
        checkAccessAsEveryReaderKind();

        dryRun(Map.of("gate", "METERED", "allowance", 3, "window", "MONTH"))
                .body("result.closed", is(0), "result.meterAssumed", is(3));
    }

    @Test
    void dryRunOfSectionCoversOnlyThatSection() {
        checkAccessAsEveryReaderKind();

        dryRun(Map.of("source", TITLE, "section", "Politik", "policy", Map.of("gate", "MEMBERS")), 200)
                .body("result.closed", is(3));
        dryRun(Map.of("source", TITLE, "section", "sport", "policy", Map.of("gate", "MEMBERS")), 200)
                .body("result.closed", is(0), "result.decisions", is(5));
    }

    @Test
    void dryRunChangesNothing() {
        checkAccess(visitor());

        dryRun(Map.of("gate", "MEMBERS"));

        visitor().queryParam("url", URL).get("/v1/access").then().body("reason", is("OPEN"));
    }

    @Test
    void decisionSampleIsFoundByIdWithoutPersonalData() {
        String reader = newTrialToken();
        String id = checkAccess(withBearerToken(reader));

        String decision = withRole("support")
                .get("/admin/v1/decisions/" + id)
                .then()
                .statusCode(200)
                .body("reason", is("OPEN"), "source", is(TITLE), "rule", is(1), "holder", notNullValue())
                .body("facts.section", is("politik"), "facts.rights[0].basis", is("TRIAL"))
                .extract()
                .asString();

        String account = withBearerToken(reader).get("/v1/me").path("id");
        assertThat(decision)
                .doesNotContain(account, TestGrants.subjectOf(reader).get("subject"), "ein-artikel");
        withRole("support")
                .get("/admin/v1/decisions/" + UUID.randomUUID())
                .then()
                .statusCode(404);
    }

    @Test
    void invalidDryRunIsRejected() {
        dryRun(Map.of("source", "no-such-title", "policy", Map.of("gate", "OPEN")), 400)
                .body("errors[0].pointer", is("/drafts/0/source"));
        dryRun(Map.of("source", TITLE, "policy", Map.of("gate", "METERED")), 400);
        withRole("support")
                .body(Map.of("drafts", List.of()))
                .post("/admin/v1/policies/dry-run")
                .then()
                .statusCode(400);
        for (String role : List.of("reader", "service")) {
            withRole(role)
                    .body(Map.of("drafts", List.of(Map.of("source", TITLE, "policy", Map.of("gate", "OPEN")))))
                    .post("/admin/v1/policies/dry-run")
                    .then()
                    .statusCode(403);
        }
    }
}
