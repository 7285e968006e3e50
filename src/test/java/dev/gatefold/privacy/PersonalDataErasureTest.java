package dev.gatefold.privacy;

import static dev.gatefold.testing.TestCallers.MEMBERS_ONLY;
import static dev.gatefold.testing.TestCallers.newAccountToken;
import static dev.gatefold.testing.TestCallers.visitor;
import static dev.gatefold.testing.TestCallers.withBearerToken;
import static dev.gatefold.testing.TestCallers.withRole;
import static dev.gatefold.testing.TestCallers.withoutAccount;
import static dev.gatefold.testing.TestPayments.actOnCheckoutPage;
import static dev.gatefold.testing.TestPayments.callStripe;
import static dev.gatefold.testing.TestPayments.customerOf;
import static dev.gatefold.testing.TestPayments.monthlyMembership;
import static dev.gatefold.testing.TestPayments.reconcile;
import static dev.gatefold.testing.TestPayments.runDueWork;
import static dev.gatefold.testing.TestPayments.sandboxControl;
import static dev.gatefold.testing.TestPayments.setStripeApiMode;
import static dev.gatefold.testing.TestPayments.setWebhookMode;
import static dev.gatefold.testing.TestPayments.startCheckout;
import static dev.gatefold.testing.TestPayments.stripeClient;
import static dev.gatefold.testing.TestPayments.subscribe;
import static dev.gatefold.testing.TestPayments.subscriptionOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;

import com.stripe.param.CustomerUpdateParams;
import com.stripe.param.SubscriptionCreateParams;
import com.stripe.param.SubscriptionCreateParams.Item;
import dev.gatefold.testing.ServiceTest;
import dev.gatefold.testing.StripeResetExtension;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.hibernate.Session;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Erasure of readers, here and at Stripe. */
@ServiceTest
@ExtendWith(StripeResetExtension.class)
class PersonalDataErasureTest {
    @Inject
    Session database;

    private static ValidatableResponse erase(String token) {
        return withBearerToken(token).delete("/v1/me").then();
    }

    private static ValidatableResponse checkAccess(String token) {
        return withBearerToken(token)
                .queryParam("url", MEMBERS_ONLY)
                .get("/v1/access")
                .then()
                .statusCode(200);
    }

    private static String statusOf(String subscription) {
        return callStripe(
                () -> stripeClient().subscriptions().retrieve(subscription).getStatus());
    }

    private long count(String sql, UUID account) {
        return QuarkusTransaction.requiringNew()
                .call(() -> database.createNativeQuery(sql, Long.class)
                        .setParameter("account", account)
                        .getSingleResult());
    }

    @Nested
    class ErasureOfMember {
        @Test
        void erasureRemovesAllPersonalData() {
            FullHistoryReader reader = FullHistoryReader.create(database);
            PersonalDataColumns schema = new PersonalDataColumns(database);
            String customer = customerOf(reader.subscription());
            assertThat(schema.tablesContaining(reader.word()))
                    .contains("account", "inbox_event", "article_read", "browser_session", "staff_grant");

            erase(reader.token()).statusCode(202);
            runDueWork();

            assertThat(schema.tablesContaining(reader.word())).isEmpty();
            assertThat(count(
                            "select count(*) from staff_grant where account_id = :account and reason <> 'erased'",
                            reader.account()))
                    .isZero();
            assertThat(statusOf(reader.subscription())).isEqualTo("canceled");
            assertThat(callStripe(
                            () -> stripeClient().customers().retrieve(customer).getDeleted()))
                    .isTrue();
        }

        @Test
        void erasureKeepsReadCountsForPublishers() {
            FullHistoryReader reader = FullHistoryReader.create(database);
            String reads = "select count(*) from article_read where reader_id = :account and article_key is not null";
            long opened = count(reads, reader.account());

            erase(reader.token()).statusCode(202);

            assertThat(count(reads, reader.account())).isEqualTo(opened).isEqualTo(2);
        }

        @Test
        void erasedReaderIsTreatedAsUnknown() {
            FullHistoryReader reader = FullHistoryReader.create(database);
            checkAccess(reader.token()).body("granted", is(true));

            erase(reader.token()).statusCode(202);

            checkAccess(reader.token()).body("granted", is(false), "reason", is("SIGN_UP_REQUIRED"));
            withBearerToken(reader.token()).get("/v1/me").then().statusCode(404).body("code", is("no-account"));
            withBearerToken(reader.token()).get("/v1/me/export").then().statusCode(404);
            erase(reader.token()).statusCode(404).body("code", is("no-account"));
        }

        @Test
        void erasureRevokesPassesAndShares() {
            FullHistoryReader reader = FullHistoryReader.create(database);
            String pass = withBearerToken(reader.token()).post("/v1/me/passes").path("pass");
            String bearer = new String(Base64.getUrlDecoder().decode(pass.split("\\.")[1]), StandardCharsets.UTF_8)
                    .replaceFirst(".*\"sub\":\"([^\"]+)\".*", "$1");
            String link = withBearerToken(reader.token()).get("/v1/me/shares").path("items[0].code");

            erase(reader.token()).statusCode(202);

            await().atMost(Duration.ofSeconds(3))
                    .untilAsserted(
                            () -> visitor().get("/v1/passes/revocations").then().body("items.sub", hasItem(bearer)));
            visitor().redirects().follow(false).get("/share/" + link).then().statusCode(404);
        }

        @Test
        void lateWebhooksDoNotRestoreErasedReader() {
            FullHistoryReader reader = FullHistoryReader.create(database);
            setWebhookMode("HOLD");
            callStripe(() -> stripeClient()
                    .customers()
                    .update(
                            customerOf(reader.subscription()),
                            CustomerUpdateParams.builder()
                                    .setEmail("new-" + reader.word() + "@example.com")
                                    .build()));
            erase(reader.token()).statusCode(202);

            List<String> late = visitor().get("/dev/stripe/controls").path("held.id");
            sandboxControl("POST", "/webhooks/release", Map.of("order", late.reversed()));
            runDueWork();
            setWebhookMode("DELIVER");
            reconcile();

            assertThat(late).hasSizeGreaterThan(2);
            assertThat(new PersonalDataColumns(database).tablesContaining(reader.word()))
                    .isEmpty();
            assertThat(count(
                            "select count(*) from entitlement where account_id = :account and valid_until > now()",
                            reader.account()))
                    .isZero();
            assertThat(count(
                            "select count(*) from customer where account_id = :account and deleted_at is null",
                            reader.account()))
                    .isZero();
            checkAccess(reader.token()).body("reason", is("SIGN_UP_REQUIRED"));
        }

        @Test
        void erasureCancelsSubscriptionsOfAllCustomers() {
            String reader = newAccountToken();
            String account = withBearerToken(reader).get("/v1/me").path("id");
            String first = subscribe(reader);
            String other = callStripe(() -> stripeClient().customers().create()).getId();
            String second = addSubscription(first, other, account);
            runDueWork();
            assertThat(count("select count(*) from subscription where account_id = :account", UUID.fromString(account)))
                    .isEqualTo(2);

            erase(reader).statusCode(202);

            assertThat(List.of(statusOf(first), statusOf(second))).containsOnly("canceled");
        }

        /** Creates a second subscription, as an operator can do in the Stripe dashboard. */
        private static String addSubscription(String like, String customer, String account) {
            var item = callStripe(() -> stripeClient().subscriptions().retrieve(like))
                    .getItems()
                    .getData()
                    .getFirst();
            return callStripe(() -> stripeClient()
                            .subscriptions()
                            .create(SubscriptionCreateParams.builder()
                                    .setCustomer(customer)
                                    .setTrialPeriodDays(30L)
                                    .putMetadata("gatefold_account", account)
                                    .addItem(Item.builder()
                                            .setPrice(item.getPrice().getId())
                                            .build())
                                    .build()))
                    .getId();
        }
    }

    @Nested
    class ErasureDuringCheckout {
        @Test
        void erasureExpiresOpenCheckout() {
            String reader = newAccountToken();
            String session = startCheckout(reader);

            erase(reader).statusCode(202);

            assertThat(callStripe(() -> stripeClient()
                            .checkout()
                            .sessions()
                            .retrieve(session)
                            .getStatus()))
                    .isEqualTo("expired");
        }

        @Test
        void erasureAfterUnseenPaymentRequiresConfirmation() {
            String reader = newAccountToken();
            setWebhookMode("DROP");
            String session = startCheckout(reader);
            actOnCheckoutPage(session, "pay");

            erase(reader).statusCode(409).body("code", is("just-paid"));

            checkAccess(reader).body("reason", is("MEMBER"));
            erase(reader).statusCode(202);
            assertThat(statusOf(subscriptionOf(session))).isEqualTo("canceled");
        }

        @Test
        void erasureAfterOldUnseenPaymentNeedsNoConfirmation() {
            String reader = newAccountToken();
            actOnCheckoutPage(startCheckout(reader), "pay");
            runDueWork();

            erase(reader).statusCode(202);
        }
    }

    @Nested
    class ConcurrentErasures {
        @Test
        void concurrentErasuresEraseOnce() throws Exception {
            String reader = newAccountToken();
            subscribe(reader);

            List<Integer> statuses = runConcurrently(
                    Collections.nCopies(4, () -> erase(reader).extract().statusCode()));

            assertThat(statuses).containsOnlyOnce(202).isSubsetOf(202, 404, 409);
            withBearerToken(reader).get("/v1/me").then().statusCode(404);
        }

        @RepeatedTest(3)
        void checkoutDuringErasureCannotBePaid() throws Exception {
            String reader = newAccountToken();
            String account = withBearerToken(reader).get("/v1/me").path("id");
            List<Callable<Integer>> calls = new ArrayList<>(Collections.nCopies(
                    4,
                    () -> startCheckout(
                                    reader,
                                    monthlyMembership(),
                                    UUID.randomUUID().toString())
                            .statusCode()));
            calls.add(2, () -> erase(reader).extract().statusCode());

            assertThat(runConcurrently(calls)).isSubsetOf(201, 202, 404, 409);
            if (withBearerToken(reader).get("/v1/me").statusCode() == 200) {
                erase(reader).statusCode(202);
            }

            assertThat(callStripe(
                            () -> stripeClient().checkout().sessions().list().getData()))
                    .filteredOn(it -> account.equals(it.getClientReferenceId()))
                    .noneMatch(it -> "open".equals(it.getStatus()));
        }

        private static List<Integer> runConcurrently(List<Callable<Integer>> calls) throws Exception {
            List<Integer> statuses = new ArrayList<>();
            try (var threads = Executors.newFixedThreadPool(calls.size())) {
                for (var status : threads.invokeAll(calls)) {
                    statuses.add(status.get());
                }
            }
            return statuses;
        }
    }

    @Nested
    class ErasureWithStripeFailures {
        @ParameterizedTest
        @ValueSource(strings = {"DOWN", "FAIL", "LIMIT"})
        void unconfirmedStripeDeletionErasesNothing(String apiMode) {
            String reader = newAccountToken();
            String subscription = subscribe(reader);
            Object before = withBearerToken(reader).get("/v1/me").path("createdAt");
            setStripeApiMode(apiMode);

            erase(reader).statusCode(409).body("code", is("erasure-not-confirmed"));

            withBearerToken(reader).get("/v1/me").then().statusCode(200).body("createdAt", is(before));
            checkAccess(reader).body("reason", is("MEMBER"));
            setStripeApiMode("UP");
            assertThat(statusOf(subscription)).isEqualTo("active");
            await().atMost(Duration.ofSeconds(10))
                    .untilAsserted(() -> erase(reader).statusCode(202));
            assertThat(statusOf(subscription)).isEqualTo("canceled");
        }

        /** Simulates the API key of another Stripe account, in which the customer does not exist. */
        @Test
        void unknownStripeCustomerErasesNothing() {
            String reader = newAccountToken();
            String subscription = subscribe(reader);
            QuarkusTransaction.requiringNew()
                    .run(() -> database.createNativeMutationQuery("update customer set id = 'x' || id where id = :id")
                            .setParameter("id", customerOf(subscription))
                            .executeUpdate());

            erase(reader).statusCode(409).body("code", is("erasure-not-confirmed"));

            checkAccess(reader).body("reason", is("MEMBER"));
            assertThat(statusOf(subscription)).isEqualTo("active");
        }

        @Test
        void readerWithoutPurchasesIsErasedDuringStripeOutage() {
            String reader = newAccountToken();
            setStripeApiMode("DOWN");

            erase(reader).statusCode(202);
        }
    }

    @Test
    void erasureRequiresReaderToken() {
        visitor().delete("/v1/me").then().statusCode(401);
        withRole("service").delete("/v1/me").then().statusCode(403);
        withoutAccount().delete("/v1/me").then().statusCode(404).body("code", is("no-account"));
    }
}
