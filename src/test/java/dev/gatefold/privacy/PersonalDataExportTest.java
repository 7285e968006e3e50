package dev.gatefold.privacy;

import static dev.gatefold.testing.TestCallers.visitor;
import static dev.gatefold.testing.TestCallers.withBearerToken;
import static dev.gatefold.testing.TestCallers.withRole;
import static dev.gatefold.testing.TestCallers.withoutAccount;
import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.is;

import dev.gatefold.testing.ServiceTest;
import dev.gatefold.testing.StripeResetExtension;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.hibernate.Session;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** All that is kept of a reader, in one document. */
@ServiceTest
@ExtendWith(StripeResetExtension.class)
class PersonalDataExportTest {
    /** Where in the document a reader finds what a column of the database says of them. */
    private static final Map<String, String> TOLD = Map.ofEntries(
            entry("account.issuer", "account.issuer"),
            entry("account.subject", "account.subject"),
            entry("account.email", "account.email"),
            entry("account.name", "account.name"),
            entry("entitlement.account_id", "rights.items"),
            entry("trial_redemption.person_hash", "rights.trialTaken"),
            entry("article_read.reader_id", "reads.items"),
            entry("meter.reader_id", "reads.meters"),
            entry("subscription.account_id", "purchases.subscriptions"),
            entry("checkout.account_id", "purchases.checkouts"),
            entry("customer.account_id", "billing.customers"),
            entry("inbox_event.customer_id", "billing.events"),
            entry("inbox_event.payload", "billing.events.body"),
            entry("article_share.account_id", "shares.given"),
            entry("article_share.recipient_ids", "shares.opened"),
            entry("staff_grant.account_id", "grants"),
            entry("issued_pass.account_id", "passes"),
            entry("browser_session.issuer", "sessions"),
            entry("browser_session.subject", "sessions"));

    /** What is not told, and why not. */
    private static final Map<String, String> NOT_TOLD = Map.of(
            "account.verified_email_hash", "a keyed hash of the address, which is told itself",
            "decision_sample.reader_pseudonym", "a pseudonym that leads to nobody without our key, for fourteen days",
            "visitor_quota.network_hash", "a keyed hash of a part of the network and a day",
            "staff_grant.granted_by", "somebody else, of the staff",
            "staff_grant.ended_by", "somebody else, of the staff");

    @Inject
    Session database;

    private static Response export(String token) {
        return withBearerToken(token).get("/v1/me/export");
    }

    @Test
    void everyPersonalColumnIsExportedOrExempted() {
        Set<String> answered = new TreeSet<>(TOLD.keySet());
        answered.addAll(NOT_TOLD.keySet());

        assertThat(new PersonalDataColumns(database).columnsIdentifyingAReader())
                .isEqualTo(answered);
    }

    @Nested
    class ReaderWithFullHistory {
        @Test
        void exportContainsDataOfEveryModule() {
            FullHistoryReader leaver = FullHistoryReader.create(database);

            Response answer = export(leaver.token());

            answer.then()
                    .statusCode(200)
                    .header("Content-Disposition", is("attachment; filename=\"gatefold.json\""))
                    .header("Cache-Control", is("no-store"))
                    .body("account.name", is("Zoe " + leaver.word()))
                    .body("rights.trialTaken", is(true))
                    .body("grants[0].reason", is("for a test"))
                    .body("sessions.size()", is(1));
            JsonPath document = answer.jsonPath();
            assertThat(TOLD.values()).allSatisfy(path -> {
                Object told = document.get(path);
                assertThat(told).as(path).isNotNull();
                if (told instanceof Collection<?> several) {
                    assertThat(several).as(path).isNotEmpty();
                }
            });
        }

        @Test
        void exportContainsNoSecretsAndNoForeignData() {
            FullHistoryReader leaver = FullHistoryReader.create(database);

            String document = export(leaver.token()).asString();

            assertThat(document)
                    .contains(leaver.word())
                    .doesNotContain(
                            "secret-" + leaver.word(),
                            "client_secret",
                            leaver.word() + "-1",
                            leaver.otherReadersShareCode());
            assertThat(document.split("\"subject\"", -1)).hasSize(2);
        }

        @Test
        void exportContainsNoDataOfOtherReaders() {
            FullHistoryReader one = FullHistoryReader.create(database);
            FullHistoryReader other = FullHistoryReader.create(database);

            assertThat(export(one.token()).asString())
                    .doesNotContain(other.word(), other.account().toString(), other.subscription());
        }
    }

    @Test
    void exportWithoutAccountIsRefused() {
        withoutAccount().get("/v1/me/export").then().statusCode(404).body("code", is("no-account"));
        visitor().get("/v1/me/export").then().statusCode(401);
        withRole("service").get("/v1/me/export").then().statusCode(403);
    }
}
