package dev.gatefold.billing.stripe;

import static dev.gatefold.testing.TestCallers.MEMBERS_ONLY;
import static dev.gatefold.testing.TestCallers.advanceClock;
import static dev.gatefold.testing.TestCallers.newAccountToken;
import static dev.gatefold.testing.TestCallers.newTrialToken;
import static dev.gatefold.testing.TestCallers.withBearerToken;
import static dev.gatefold.testing.TestPayments.callStripe;
import static dev.gatefold.testing.TestPayments.monthlyMembership;
import static dev.gatefold.testing.TestPayments.reconcile;
import static dev.gatefold.testing.TestPayments.runDueWork;
import static dev.gatefold.testing.TestPayments.sandboxControl;
import static dev.gatefold.testing.TestPayments.setCardBehaviour;
import static dev.gatefold.testing.TestPayments.setWebhookMode;
import static dev.gatefold.testing.TestPayments.startCheckout;
import static dev.gatefold.testing.TestPayments.stripeClient;
import static org.assertj.core.api.Assertions.assertThat;

import com.stripe.model.Invoice;
import com.stripe.model.Subscription;
import com.stripe.param.CustomerListParams;
import com.stripe.param.InvoiceListParams;
import com.stripe.param.SubscriptionListParams;
import com.stripe.param.SubscriptionUpdateParams;
import dev.gatefold.testing.ServiceTest;
import dev.gatefold.testing.StripeResetExtension;
import dev.gatefold.testing.TestPayments;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Random lives of readers, with webhooks shuffled, duplicated and lost. After each step access matches the state at
 * Stripe, and renewals charge what the membership announced.
 * {@code -Dlifecycles.readers=40 -Dlifecycles.rounds=40} runs more and longer lives.
 */
@ServiceTest
@ExtendWith(StripeResetExtension.class)
class RandomLifecyclesTest {
    private static final int READERS = Integer.getInteger("lifecycles.readers", 8);
    private static final int ROUNDS = Integer.getInteger("lifecycles.rounds", 10);
    private static final long SEED = Long.getLong("lifecycles.seed", System.nanoTime());

    /** A reader with the end of the free trial, or {@link Instant#MIN} without one. */
    private record SimulatedReader(String token, String account, Instant freeUntil) {}

    /**
     * What a membership said about the next payment.
     *
     * @param amount null if nothing was announced
     * @param overtaken whether the reader has done something since that changes what is charged
     */
    private record Announcement(Instant statedAt, Long amount, boolean overtaken) {}

    @Inject
    Clock clock;

    private final SplittableRandom random = new SplittableRandom(SEED);
    private final Map<String, String> customers = new HashMap<>();
    private final Map<String, Announcement> announcements = new HashMap<>();
    private final List<String> story = new ArrayList<>();

    @Test
    void stateMatchesStripeWithShuffledAndDuplicatedWebhooks() {
        sandboxControl("PUT", "/webhooks", Map.of("shuffle", random.nextInt(1000), "duplicates", 1));

        simulate(TestPayments::runDueWork);
    }

    @Test
    void stateMatchesStripeWithLostWebhooks() {
        sandboxControl("PUT", "/webhooks", Map.of("shuffle", random.nextInt(1000), "dropEvery", 3));

        simulate(() -> {
            runDueWork();
            reconcile();
        });
    }

    @Test
    void stateMatchesStripeWithoutWebhooks() {
        setWebhookMode("DROP");

        simulate(TestPayments::reconcile);
    }

    private void simulate(Runnable catchUp) {
        List<SimulatedReader> readers = new ArrayList<>();
        for (int i = 0; i < READERS; i++) {
            readers.add(reader(random.nextBoolean()));
        }
        for (int round = 1; round <= ROUNDS; round++) {
            for (SimulatedReader reader : readers) {
                doRandomAction(reader);
            }
            advanceClock(Duration.ofHours(1 + random.nextInt(20 * 24)));
            catchUp.run();
            for (SimulatedReader reader : readers) {
                compare(reader, round);
            }
        }
    }

    private static SimulatedReader reader(boolean withTrial) {
        String token = withTrial ? newTrialToken() : newAccountToken();
        String freeUntil = withBearerToken(token).get("/v1/me/membership").path("trial.endsAt");
        return new SimulatedReader(
                token,
                withBearerToken(token).get("/v1/me").path("id"),
                freeUntil == null ? Instant.MIN : Instant.parse(freeUntil));
    }

    private void doRandomAction(SimulatedReader reader) {
        String action = randomAction(reader);
        if (!action.equals("reads") && !action.equals("does nothing") && !action.startsWith("has a")) {
            announcements.computeIfPresent(reader.account, (_, it) -> new Announcement(it.statedAt, it.amount, true));
        }
        story.add(clock.instant() + " " + reader.account + " " + action);
    }

    private String randomAction(SimulatedReader reader) {
        List<Subscription> live = subscriptions(reader).stream()
                .filter(it -> !List.of("canceled", "incomplete_expired").contains(it.getStatus()))
                .toList();
        if (live.isEmpty()) {
            return random.nextInt(3) == 0 ? "does nothing" : subscribe(reader);
        }
        String id = live.getFirst().getId();
        return switch (random.nextInt(11)) {
            case 0 -> {
                withBearerToken(reader.token).put("/v1/me/subscription/cancellation");
                yield "cancels";
            }
            case 1 -> {
                withBearerToken(reader.token).delete("/v1/me/subscription/cancellation");
                yield "undoes the cancellation";
            }
            case 2, 3 -> {
                setCardBehaviour(id, "DECLINES");
                yield "has a card that declines";
            }
            case 4, 5 -> {
                setCardBehaviour(id, "GOOD");
                yield "has a good card";
            }
            case 6 -> {
                callStripe(() -> stripeClient().subscriptions().cancel(id));
                yield "is ended at once";
            }
            case 7 -> {
                callStripe(() -> stripeClient()
                        .subscriptions()
                        .update(
                                id,
                                SubscriptionUpdateParams.builder()
                                        .setCancelAt(clock.instant()
                                                .plus(Duration.ofDays(9))
                                                .getEpochSecond())
                                        .build()));
                yield "is ended in nine days";
            }
            default -> "reads";
        };
    }

    private String subscribe(SimulatedReader reader) {
        Response page = startCheckout(
                reader.token, monthlyMembership(), UUID.randomUUID().toString());
        if (page.statusCode() != 201) {
            return "cannot buy: " + page.statusCode();
        }
        String how = List.of("pay", "pay", "pay", "decline", "pay-with-delay", "walk-away")
                .get(random.nextInt(6));
        TestPayments.actOnCheckoutPage(page.path("sessionId"), how);
        return "goes to pay: " + how;
    }

    private void compare(SimulatedReader reader, int round) {
        Instant now = clock.instant();
        Response answer =
                withBearerToken(reader.token).queryParam("url", MEMBERS_ONLY).get("/v1/access");
        List<Subscription> subscriptions = subscriptions(reader);

        assertThat((boolean) answer.path("granted"))
                .as(
                        "seed %d, round %d, %s: %s, Stripe has %s%n%s",
                        SEED,
                        round,
                        reader.account,
                        answer.asString(),
                        subscriptions,
                        String.join(
                                "\n",
                                story.stream()
                                        .filter(it -> it.contains(reader.account))
                                        .toList()))
                .isEqualTo(
                        now.isBefore(reader.freeUntil) || subscriptions.stream().anyMatch(it -> entitles(it, now)));
        compareNextPayment(reader, subscriptions);
    }

    /** Restates the rules of {@code Entitling} in terms of Stripe, as an independent check. */
    private static boolean entitles(Subscription subscription, Instant now) {
        Invoice invoice = subscription.getLatestInvoiceObject();
        boolean unpaidFirst = invoice != null
                && "subscription_create".equals(invoice.getBillingReason())
                && "open".equals(invoice.getStatus());
        Instant periodBegan = Instant.ofEpochSecond(
                subscription.getItems().getData().getFirst().getCurrentPeriodStart());
        return switch (subscription.getStatus()) {
            case "trialing" -> true;
            case "active" -> !unpaidFirst;
            // grace is for members who have paid before
            case "past_due" -> hasPaid(subscription.getId()) && now.isBefore(periodBegan.plus(Duration.ofDays(7)));
            default -> false;
        };
    }

    private static boolean hasPaid(String subscription) {
        return invoices(subscription).stream()
                .anyMatch(invoice -> invoice.getStatus().equals("paid") && invoice.getAmountPaid() > 0);
    }

    private static List<Invoice> invoices(String subscription) {
        var all = InvoiceListParams.builder()
                .setSubscription(subscription)
                .setLimit(100L)
                .build();
        return callStripe(() -> stripeClient().invoices().list(all)).getData();
    }

    /** The membership states what the next invoice will charge, and nothing that was not announced is charged. */
    private void compareNextPayment(SimulatedReader reader, List<Subscription> subscriptions) {
        JsonPath membership =
                withBearerToken(reader.token).get("/v1/me/membership").jsonPath();
        Announcement before = announcements.get(reader.account);
        List<Invoice> charged = subscriptions.stream()
                .flatMap(it -> invoices(it.getId()).stream())
                .filter(invoice -> "subscription_cycle".equals(invoice.getBillingReason())
                        && before != null
                        && invoice.getCreated() > before.statedAt.getEpochSecond())
                .sorted(Comparator.comparing(Invoice::getCreated))
                .toList();
        if (before != null && !before.overtaken && !charged.isEmpty()) {
            assertThat(before.amount)
                    .as("seed %d, %s was not told of %s%n%s", SEED, reader.account, charged.getFirst(), story)
                    .isEqualTo(charged.getFirst().getAmountDue());
        }
        Number amount = membership.get("nextPayment.amount");
        announcements.put(
                reader.account, new Announcement(clock.instant(), amount == null ? null : amount.longValue(), false));
    }

    private List<Subscription> subscriptions(SimulatedReader reader) {
        return customer(reader)
                .map(customer -> SubscriptionListParams.builder()
                        .setCustomer(customer)
                        .setStatus(SubscriptionListParams.Status.ALL)
                        .setLimit(100L)
                        .addExpand("data.latest_invoice")
                        .build())
                .map(wanted -> callStripe(
                        () -> stripeClient().subscriptions().list(wanted).getData()))
                .orElse(List.of());
    }

    private Optional<String> customer(SimulatedReader reader) {
        if (!customers.containsKey(reader.account)) {
            callStripe(() -> stripeClient()
                            .customers()
                            .list(CustomerListParams.builder().setLimit(100L).build()))
                    .getData()
                    .forEach(it -> customers.put(it.getMetadata().get("gatefold_account"), it.getId()));
        }
        return Optional.ofNullable(customers.get(reader.account));
    }
}
