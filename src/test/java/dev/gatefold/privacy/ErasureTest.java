package dev.gatefold.privacy;

import static dev.gatefold.Actors.MEMBERS_ONLY;
import static dev.gatefold.Actors.bearer;
import static dev.gatefold.Actors.signedUp;
import static dev.gatefold.Actors.stranger;
import static dev.gatefold.Actors.visitor;
import static dev.gatefold.Actors.withRole;
import static dev.gatefold.Payments.api;
import static dev.gatefold.Payments.ask;
import static dev.gatefold.Payments.at;
import static dev.gatefold.Payments.checkout;
import static dev.gatefold.Payments.control;
import static dev.gatefold.Payments.customerOf;
import static dev.gatefold.Payments.monthly;
import static dev.gatefold.Payments.reconcile;
import static dev.gatefold.Payments.settle;
import static dev.gatefold.Payments.stripe;
import static dev.gatefold.Payments.subscribe;
import static dev.gatefold.Payments.subscriptionOf;
import static dev.gatefold.Payments.webhooks;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;

import com.stripe.param.CustomerUpdateParams;
import com.stripe.param.SubscriptionCreateParams;
import com.stripe.param.SubscriptionCreateParams.Item;
import dev.gatefold.ServiceTest;
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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Readers who leave for good. */
@ServiceTest
class ErasureTest {
    @Inject
    Session database;

    @AfterEach
    void putAllBack() {
        api("UP");
        webhooks("DELIVER");
    }

    private static ValidatableResponse erase(String token) {
        return bearer(token).delete("/v1/me").then();
    }

    private static ValidatableResponse access(String token) {
        return bearer(token)
                .queryParam("url", MEMBERS_ONLY)
                .get("/v1/access")
                .then()
                .statusCode(200);
    }

    private static String statusOf(String subscription) {
        return ask(() -> stripe().subscriptions().retrieve(subscription).getStatus());
    }

    private long count(String sql, UUID account) {
        return QuarkusTransaction.requiringNew()
                .call(() -> database.createNativeQuery(sql, Long.class)
                        .setParameter("account", account)
                        .getSingleResult());
    }

    @Nested
    class AMember {
        @Test
        void leavesNothingThatLeadsToThem() {
            Leaver leaver = Leaver.make(database);
            Schema schema = new Schema(database);
            String customer = customerOf(leaver.subscription());
            assertThat(schema.tablesWith(leaver.word())).contains("account", "inbox", "read", "session", "staff_grant");

            erase(leaver.token()).statusCode(202);
            settle();

            assertThat(schema.tablesWith(leaver.word())).isEmpty();
            assertThat(count(
                            "select count(*) from staff_grant where account_id = :account and reason <> 'erased'",
                            leaver.account()))
                    .isZero();
            assertThat(statusOf(leaver.subscription())).isEqualTo("canceled");
            assertThat(ask(() -> stripe().customers().retrieve(customer).getDeleted()))
                    .isTrue();
        }

        @Test
        void leavesWhatPublishersArePaidBy() {
            Leaver leaver = Leaver.make(database);
            String reads = "select count(*) from read where holder = :account and article_key is not null";
            long opened = count(reads, leaver.account());

            erase(leaver.token()).statusCode(202);

            assertThat(count(reads, leaver.account())).isEqualTo(opened).isEqualTo(2);
        }

        @Test
        void isAStrangerFromThatMomentOn() {
            Leaver leaver = Leaver.make(database);
            access(leaver.token()).body("granted", is(true));

            erase(leaver.token()).statusCode(202);

            access(leaver.token()).body("granted", is(false), "reason", is("SIGN_UP_REQUIRED"));
            bearer(leaver.token()).get("/v1/me").then().statusCode(404).body("code", is("no-account"));
            bearer(leaver.token()).get("/v1/me/export").then().statusCode(404);
            erase(leaver.token()).statusCode(404).body("code", is("no-account"));
        }

        @Test
        void leavesNoPassAndNoLinkThatOpensAnything() {
            Leaver leaver = Leaver.make(database);
            String pass = bearer(leaver.token()).post("/v1/me/passes").path("pass");
            String bearer = new String(Base64.getUrlDecoder().decode(pass.split("\\.")[1]), StandardCharsets.UTF_8)
                    .replaceFirst(".*\"sub\":\"([^\"]+)\".*", "$1");
            String link = bearer(leaver.token()).get("/v1/me/shares").path("items[0].code");

            erase(leaver.token()).statusCode(202);

            await().atMost(Duration.ofSeconds(3))
                    .untilAsserted(
                            () -> visitor().get("/v1/passes/revocations").then().body("items.sub", hasItem(bearer)));
            visitor().redirects().follow(false).get("/share/" + link).then().statusCode(404);
        }

        @Test
        void isNotBroughtBackByNewsThatComesLate() {
            Leaver leaver = Leaver.make(database);
            webhooks("HOLD");
            ask(() -> stripe().customers()
                    .update(
                            customerOf(leaver.subscription()),
                            CustomerUpdateParams.builder()
                                    .setEmail("new-" + leaver.word() + "@example.com")
                                    .build()));
            erase(leaver.token()).statusCode(202);

            List<String> late = visitor().get("/dev/stripe/controls").path("held.id");
            control("POST", "/webhooks/release", Map.of("order", late.reversed()));
            settle();
            webhooks("DELIVER");
            reconcile();

            assertThat(late).hasSizeGreaterThan(2);
            assertThat(new Schema(database).tablesWith(leaver.word())).isEmpty();
            assertThat(count(
                            "select count(*) from entitlement where account_id = :account and valid_until > now()",
                            leaver.account()))
                    .isZero();
            assertThat(count(
                            "select count(*) from customer where account_id = :account and deleted_at is null",
                            leaver.account()))
                    .isZero();
            access(leaver.token()).body("reason", is("SIGN_UP_REQUIRED"));
        }

        @Test
        void hasEverythingEndedThatGoesOnThereAlsoUnderAnotherCustomer() {
            String reader = signedUp();
            String account = bearer(reader).get("/v1/me").path("id");
            String first = subscribe(reader);
            String other = ask(() -> stripe().customers().create()).getId();
            String second = addSubscription(first, other, account);
            settle();
            assertThat(count("select count(*) from subscription where account_id = :account", UUID.fromString(account)))
                    .isEqualTo(2);

            erase(reader).statusCode(202);

            assertThat(List.of(statusOf(first), statusOf(second))).containsOnly("canceled");
        }

        /** As somebody may do it in Stripe's own back office. */
        private static String addSubscription(String like, String customer, String account) {
            var item = ask(() -> stripe().subscriptions().retrieve(like))
                    .getItems()
                    .getData()
                    .getFirst();
            return ask(() -> stripe().subscriptions()
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
    class AReaderAtTheCheckout {
        @Test
        void cannotPayAnyMore() {
            String reader = signedUp();
            String session = checkout(reader);

            erase(reader).statusCode(202);

            assertThat(ask(() ->
                            stripe().checkout().sessions().retrieve(session).getStatus()))
                    .isEqualTo("expired");
        }

        @Test
        void whoHasJustPaidIsToldAndMustSayItAgain() {
            String reader = signedUp();
            webhooks("DROP");
            String session = checkout(reader);
            at(session, "pay");

            erase(reader).statusCode(409).body("code", is("just-paid"));

            access(reader).body("reason", is("MEMBER"));
            erase(reader).statusCode(202);
            assertThat(statusOf(subscriptionOf(session))).isEqualTo("canceled");
        }

        @Test
        void whoPaidLongAgoAndNeverCameBackIsAskedNothing() {
            String reader = signedUp();
            at(checkout(reader), "pay");
            settle();

            erase(reader).statusCode(202);
        }
    }

    @Nested
    class ManyAtOnce {
        @Test
        void areOneErasure() throws Exception {
            String reader = signedUp();
            subscribe(reader);

            List<Integer> answers =
                    atOnce(Collections.nCopies(4, () -> erase(reader).extract().statusCode()));

            assertThat(answers).containsOnlyOnce(202).isSubsetOf(202, 404, 409);
            bearer(reader).get("/v1/me").then().statusCode(404);
        }

        @RepeatedTest(3)
        void whoeverGoesToTheCheckoutMeanwhileCannotPayThere() throws Exception {
            String reader = signedUp();
            String account = bearer(reader).get("/v1/me").path("id");
            List<Callable<Integer>> doings = new ArrayList<>(Collections.nCopies(
                    4,
                    () -> checkout(reader, monthly(), UUID.randomUUID().toString())
                            .statusCode()));
            doings.add(2, () -> erase(reader).extract().statusCode());

            assertThat(atOnce(doings)).isSubsetOf(201, 202, 404, 409);
            if (bearer(reader).get("/v1/me").statusCode() == 200) {
                erase(reader).statusCode(202);
            }

            assertThat(ask(() -> stripe().checkout().sessions().list().getData()))
                    .filteredOn(it -> account.equals(it.getClientReferenceId()))
                    .noneMatch(it -> "open".equals(it.getStatus()));
        }

        private static List<Integer> atOnce(List<Callable<Integer>> doings) throws Exception {
            List<Integer> answers = new ArrayList<>();
            try (var threads = Executors.newFixedThreadPool(doings.size())) {
                for (var answer : threads.invokeAll(doings)) {
                    answers.add(answer.get());
                }
            }
            return answers;
        }
    }

    @Nested
    class WhileStripe {
        @ParameterizedTest
        @ValueSource(strings = {"DOWN", "FAIL", "LIMIT"})
        void confirmsNothingNothingIsErased(String trouble) {
            String reader = signedUp();
            String subscription = subscribe(reader);
            Object before = bearer(reader).get("/v1/me").path("createdAt");
            api(trouble);

            erase(reader).statusCode(409).body("code", is("erasure-not-confirmed"));

            bearer(reader).get("/v1/me").then().statusCode(200).body("createdAt", is(before));
            access(reader).body("reason", is("MEMBER"));
            api("UP");
            assertThat(statusOf(subscription)).isEqualTo("active");
            await().atMost(Duration.ofSeconds(10))
                    .untilAsserted(() -> erase(reader).statusCode(202));
            assertThat(statusOf(subscription)).isEqualTo("canceled");
        }

        /** As with the key of another account of Stripe's: there, nobody would end anything. */
        @Test
        void doesNotKnowTheCustomerNothingIsErasedAndNothingTakenAway() {
            String reader = signedUp();
            String subscription = subscribe(reader);
            QuarkusTransaction.requiringNew()
                    .run(() -> database.createNativeMutationQuery("update customer set id = 'x' || id where id = :id")
                            .setParameter("id", customerOf(subscription))
                            .executeUpdate());

            erase(reader).statusCode(409).body("code", is("erasure-not-confirmed"));

            access(reader).body("reason", is("MEMBER"));
            assertThat(statusOf(subscription)).isEqualTo("active");
        }

        @Test
        void isDownWhoHasNeverBoughtAnythingIsErased() {
            String reader = signedUp();
            api("DOWN");

            erase(reader).statusCode(202);
        }
    }

    @Test
    void isForReadersOnly() {
        visitor().delete("/v1/me").then().statusCode(401);
        withRole("service").delete("/v1/me").then().statusCode(403);
        stranger().delete("/v1/me").then().statusCode(404).body("code", is("no-account"));
    }
}
