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
import static dev.gatefold.testing.TestPayments.setWebhookMode;
import static dev.gatefold.testing.TestPayments.startCheckout;
import static dev.gatefold.testing.TestPayments.stripeClient;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.Lists;
import com.stripe.exception.StripeException;
import com.stripe.model.HasId;
import com.stripe.model.Invoice;
import com.stripe.model.StripeCollection;
import com.stripe.model.Subscription;
import com.stripe.param.CustomerListParams;
import com.stripe.param.InvoiceListParams;
import com.stripe.param.SubscriptionListParams;
import com.stripe.service.V1Services;
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
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Random lives of readers, with webhooks shuffled, duplicated and lost. After each step access matches the state at
 * Stripe, renewals charge what the membership announced, nothing is charged after it said that nothing is due, and
 * offers and actions do not contradict each other.
 * {@code -Dlifecycles.readers=40 -Dlifecycles.rounds=40} runs more and longer lives.
 */
@ServiceTest
@ExtendWith(StripeResetExtension.class)
class RandomLifecyclesTest {
    private static final int READERS = Integer.getInteger("lifecycles.readers", 6);
    private static final int ROUNDS = Integer.getInteger("lifecycles.rounds", 8);
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

    private static final Set<String> NOT_CHARGED = Set.of("draft", "void", "uncollectible");
    private static final Set<String> ENDED = Set.of("canceled", "incomplete_expired");

    /** Frequent actions are listed more often. */
    private static final List<RandomStripeAction> ACTIONS = Stream.concat(
                    EnumSet.allOf(RandomStripeAction.class).stream(),
                    Stream.of(
                            RandomStripeAction.READS,
                            RandomStripeAction.READS,
                            RandomStripeAction.CANCELS,
                            RandomStripeAction.CARD_DECLINES,
                            RandomStripeAction.CARD_IS_GOOD,
                            RandomStripeAction.CARD_IS_GOOD))
            .toList();

    @Inject
    Clock clock;

    private final SplittableRandom random = new SplittableRandom(SEED);
    /** The ids of the customers of each account. */
    private final Map<String, List<String>> customers = new HashMap<>();

    private final Map<String, Announcement> announcements = new HashMap<>();
    /** When a reader was told that nothing more will be charged. */
    private final Map<String, Instant> promises = new HashMap<>();

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
            findCustomers();
            for (SimulatedReader reader : readers) {
                doRandomAction(reader);
            }
            advanceClock(Duration.ofHours(1 + random.nextInt(20 * 24)));
            catchUp.run();
            findCustomers();
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
        List<Subscription> live = subscriptions(reader).stream()
                .filter(it -> !ENDED.contains(it.getStatus()))
                .toList();
        boolean changesPayments = true;
        String happened;
        if (live.isEmpty()) {
            happened = random.nextInt(3) == 0 ? "does nothing" : subscribe(reader);
        } else {
            RandomStripeAction action = ACTIONS.get(random.nextInt(ACTIONS.size()));
            changesPayments = action.changesPayments;
            happened = action.perform(reader.token, reader.account, live.get(random.nextInt(live.size())), random);
        }
        if (changesPayments) {
            announcements.computeIfPresent(reader.account, (_, it) -> new Announcement(it.statedAt, it.amount, true));
            promises.remove(reader.account);
        }
        story.add(clock.instant() + " " + reader.account + " " + happened);
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
        List<Invoice> invoices = invoices(reader);

        assertThat((boolean) answer.path("granted"))
                .as("%s, Stripe has %s%n%s", answer.asString(), subscriptions, storyOf(reader, round))
                .isEqualTo(now.isBefore(reader.freeUntil)
                        || subscriptions.stream().anyMatch(it -> entitles(it, invoices, now)));
        JsonPath membership =
                withBearerToken(reader.token).get("/v1/me/membership").jsonPath();
        compareNextPayment(reader, membership, invoices, round);
        comparePromise(reader, membership, invoices, round);
        compareOffers(answer.jsonPath(), membership, subscriptions, storyOf(reader, round));
    }

    private String storyOf(SimulatedReader reader, int round) {
        return "seed %d, round %d, %s%n%s"
                .formatted(
                        SEED,
                        round,
                        reader.account,
                        story.stream().filter(it -> it.contains(reader.account)).collect(Collectors.joining("\n")));
    }

    /** Restates the rules of {@code Entitling} in terms of Stripe, as an independent check. */
    private static boolean entitles(Subscription subscription, List<Invoice> invoices, Instant now) {
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
            case "past_due" ->
                hasPaid(subscription.getId(), invoices) && now.isBefore(periodBegan.plus(Duration.ofDays(7)));
            default -> false;
        };
    }

    private static boolean hasPaid(String subscription, List<Invoice> invoices) {
        return invoices.stream()
                .filter(it -> subscription.equals(
                        it.getParent().getSubscriptionDetails().getSubscription()))
                .anyMatch(invoice -> invoice.getStatus().equals("paid") && invoice.getAmountPaid() > 0);
    }

    /** The membership states what the next invoice will charge, and nothing that was not announced is charged. */
    private void compareNextPayment(SimulatedReader reader, JsonPath membership, List<Invoice> invoices, int round) {
        Announcement before = announcements.get(reader.account);
        if (before != null && !before.overtaken) {
            invoices.stream()
                    .filter(invoice -> "subscription_cycle".equals(invoice.getBillingReason()))
                    .filter(invoice -> !NOT_CHARGED.contains(invoice.getStatus()))
                    .filter(invoice -> invoice.getCreated() > before.statedAt.getEpochSecond())
                    .min(Comparator.comparing(Invoice::getCreated))
                    .ifPresent(charged -> assertThat(before.amount)
                            .as("was not told of %s%n%s", charged, storyOf(reader, round))
                            .isEqualTo(charged.getAmountDue()));
        }
        Number amount = membership.get("nextPayment.amount");
        announcements.put(
                reader.account, new Announcement(clock.instant(), amount == null ? null : amount.longValue(), false));
    }

    /** After a membership has said that nothing more is due, nothing is charged until something happens. */
    private void comparePromise(SimulatedReader reader, JsonPath membership, List<Invoice> invoices, int round) {
        Instant promised = promises.get(reader.account);
        if (promised != null) {
            assertThat(invoices)
                    .as("charged after a promise%n%s", storyOf(reader, round))
                    .noneMatch(invoice -> invoice.getCreated() > promised.getEpochSecond()
                            && invoice.getAmountDue() > 0
                            && !NOT_CHARGED.contains(invoice.getStatus()));
        }
        if ("NOTHING_DUE".equals(membership.getString("noNextPaymentReason")) && membership.get("amountDue") == null) {
            promises.putIfAbsent(reader.account, clock.instant());
        }
    }

    private static void compareOffers(
            JsonPath decision, JsonPath membership, List<Subscription> subscriptions, String story) {
        List<String> actions = membership.getList("actions");
        List<String> offers = decision.getBoolean("granted") ? List.of() : decision.getList("offers.kind");
        String all =
                "actions %s, offers %s, membership %s%n%s".formatted(actions, offers, membership.prettify(), story);
        boolean live = subscriptions.stream()
                .anyMatch(
                        it -> !ENDED.contains(it.getStatus()) && !it.getStatus().equals("incomplete"));

        assertThat(actions.contains("KEEP") && actions.contains("CANCEL"))
                .as(all)
                .isFalse();
        assertThat(actions.contains("SUBSCRIBE") && live).as(all).isFalse();
        assertThat(actions.contains("PAY_NOW")).as(all).isEqualTo(membership.get("amountDue") != null);
        assertThat(offers.contains("SUBSCRIBE") || offers.contains("RESUBSCRIBE"))
                .as(all)
                .isEqualTo(!offers.isEmpty() && actions.contains("SUBSCRIBE"));
        assertThat(!offers.contains("PAY_NOW") || actions.contains("PAY_NOW"))
                .as(all)
                .isTrue();
        assertThat(membership.get("nextPayment") == null)
                .as(all)
                .isEqualTo(membership.get("noNextPaymentReason") != null);
    }

    private void findCustomers() {
        var all = CustomerListParams.builder().setLimit(100L).build();
        customers.clear();
        stripeList(stripe -> stripe.customers().list(all))
                .forEach(it -> customers
                        .computeIfAbsent(it.getMetadata().get("gatefold_account"), _ -> new ArrayList<>())
                        .add(it.getId()));
    }

    private List<Subscription> subscriptions(SimulatedReader reader) {
        return customers.getOrDefault(reader.account, List.of()).stream()
                .map(customer -> SubscriptionListParams.builder()
                        .setCustomer(customer)
                        .setStatus(SubscriptionListParams.Status.ALL)
                        .setLimit(100L)
                        .addExpand("data.latest_invoice")
                        .build())
                .flatMap(wanted -> stripeList(stripe -> stripe.subscriptions().list(wanted)).stream())
                .toList();
    }

    private List<Invoice> invoices(SimulatedReader reader) {
        return customers.getOrDefault(reader.account, List.of()).stream()
                .map(customer -> InvoiceListParams.builder()
                        .setCustomer(customer)
                        .setLimit(100L)
                        .build())
                .flatMap(wanted -> stripeList(stripe -> stripe.invoices().list(wanted)).stream())
                .toList();
    }

    private interface StripeListCall<T extends HasId> {
        StripeCollection<T> execute(V1Services stripe) throws StripeException;
    }

    /** Returns all pages. */
    private static <T extends HasId> List<T> stripeList(StripeListCall<T> call) {
        return callStripe(() -> Lists.newArrayList(call.execute(stripeClient()).autoPagingIterable()));
    }
}
