package dev.gatefold.privacy;

import static dev.gatefold.testing.TestCallers.serviceNow;
import static dev.gatefold.testing.TestCallers.visitor;
import static dev.gatefold.testing.TestCallers.withBearerToken;
import static dev.gatefold.testing.TestCallers.withRole;
import static dev.gatefold.testing.TestCallers.withoutAccount;
import static dev.gatefold.testing.TestPayments.callStripe;
import static dev.gatefold.testing.TestPayments.runDueWork;
import static dev.gatefold.testing.TestPayments.stripeClient;
import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.notNullValue;

import com.stripe.param.CouponCreateParams;
import com.stripe.param.SubscriptionUpdateParams;
import dev.gatefold.testing.ServiceTest;
import dev.gatefold.testing.StripeResetExtension;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.hibernate.Session;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Export of a reader's personal data. */
@ServiceTest
@ExtendWith(StripeResetExtension.class)
class PersonalDataExportTest {
    /** Paths in the exported document, by the column whose data they contain. */
    private static final Map<String, String> EXPORTED = Map.ofEntries(
            entry("account.issuer", "account.issuer"),
            entry("account.subject", "account.subject"),
            entry("account.email", "account.email"),
            entry("account.name", "account.name"),
            entry("entitlement.account_id", "rights.items"),
            entry("trial_redemption.person_hash", "rights.trialTaken"),
            entry("trial_card.account_id", "rights.trialCards"),
            entry("article_read.reader_id", "reads.items"),
            entry("meter.reader_id", "reads.meters"),
            entry("subscription.account_id", "purchases.subscriptions"),
            entry("subscription.customer_id", "purchases.invoices.customer"),
            entry("subscription_invoice.account_id", "purchases.invoices"),
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

    /** Reasons why columns are not exported. */
    private static final Map<String, String> EXEMPTED = Map.of(
            "reader_billing.account_id", "summary of the subscriptions, which are exported themselves",
            "account.verified_email_hash", "keyed hash of the e-mail address, which is exported itself",
            "decision_sample.reader_pseudonym",
                    "pseudonym that cannot be linked without the key of the service; deleted after 14 days",
            "visitor_quota.network_hash", "keyed hash of a network and a day",
            "staff_grant.granted_by", "personal data of a staff member",
            "staff_grant.ended_by", "personal data of a staff member");

    @Inject
    Session database;

    private static Response export(String token) {
        return withBearerToken(token).get("/v1/me/export");
    }

    @Test
    void everyPersonalColumnIsExportedOrExempted() {
        Set<String> documented = new TreeSet<>(EXPORTED.keySet());
        documented.addAll(EXEMPTED.keySet());

        assertThat(new PersonalDataColumns(database).columnsIdentifyingAReader())
                .isEqualTo(documented);
    }

    @Nested
    class ReaderWithFullHistory {
        @Test
        void exportContainsDataOfEveryModule() {
            FullHistoryReader reader = FullHistoryReader.create(database);

            Response response = export(reader.token());

            response.then()
                    .statusCode(200)
                    .header("Content-Disposition", is("attachment; filename=\"gatefold.json\""))
                    .header("Cache-Control", is("no-store"))
                    .body("account.name", is("Zoe " + reader.word()))
                    .body("rights.trialTaken", is(true))
                    .body("grants[0].reason", is("for a test"))
                    .body("sessions.size()", is(1));
            JsonPath document = response.jsonPath();
            assertThat(EXPORTED.values()).allSatisfy(path -> {
                Object value = document.get(path);
                assertThat(value).as(path).isNotNull();
                if (value instanceof Collection<?> items) {
                    assertThat(items).as(path).isNotEmpty();
                }
            });
        }

        @Test
        void exportContainsTheTermsOfSubscriptionsAndTheAmountsOfInvoices() {
            FullHistoryReader reader = FullHistoryReader.create(database);
            callStripe(() -> {
                String coupon = stripeClient()
                        .coupons()
                        .create(CouponCreateParams.builder()
                                .setPercentOff(BigDecimal.TEN)
                                .setDuration(CouponCreateParams.Duration.FOREVER)
                                .build())
                        .getId();
                return stripeClient()
                        .subscriptions()
                        .update(
                                reader.subscription(),
                                SubscriptionUpdateParams.builder()
                                        .addDiscount(SubscriptionUpdateParams.Discount.builder()
                                                .setCoupon(coupon)
                                                .build())
                                        .setPauseCollection(SubscriptionUpdateParams.PauseCollection.builder()
                                                .setBehavior(SubscriptionUpdateParams.PauseCollection.Behavior.VOID)
                                                .build())
                                        .setCancelAt(serviceNow()
                                                .plus(Duration.ofDays(200))
                                                .getEpochSecond())
                                        .build());
            });
            runDueWork();

            ValidatableResponse document = export(reader.token()).then();

            String subscription = "purchases.subscriptions[0].";
            document.body(subscription + "id", is(reader.subscription()))
                    .body(subscription + "plan", is("membership"))
                    .body(subscription + "collectionMethod", is("CHARGE_AUTOMATICALLY"))
                    .body(subscription + "trialUntil", notNullValue())
                    .body(subscription + "cancelAt", notNullValue())
                    .body(subscription + "pause.behavior", is("void"))
                    .body(subscription + "discounts[0].percentOff", is(10))
                    .body(subscription + "items[0].product", notNullValue())
                    .body(subscription + "items[0].unitAmount", is(999))
                    .body(subscription + "items[0].currency", is("usd"))
                    .body(subscription + "items[0].quantity", is(1))
                    .body(subscription + "items[0].interval", is("month"));
            String invoice = "purchases.invoices[0].";
            document.body(invoice + "subscription", is(reader.subscription()))
                    .body(invoice + "currency", is("usd"))
                    .body(invoice + "net", notNullValue())
                    .body(invoice + "discount", notNullValue())
                    .body(invoice + "hostedPage", notNullValue())
                    .body(invoice + "periodStart", notNullValue());
        }

        @Test
        void exportContainsNoSecretsAndNoForeignData() {
            FullHistoryReader reader = FullHistoryReader.create(database);

            String document = export(reader.token()).asString();

            assertThat(document)
                    .contains(reader.word())
                    .doesNotContain(
                            "secret-" + reader.word(),
                            "client_secret",
                            reader.word() + "-1",
                            reader.otherReadersShareCode());
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
