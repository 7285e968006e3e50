package dev.gatefold.billing;

import static dev.gatefold.Actors.MEMBERS_ONLY;
import static dev.gatefold.Actors.advance;
import static dev.gatefold.Actors.bearer;
import static dev.gatefold.Actors.inTrial;
import static dev.gatefold.Actors.signedUp;
import static dev.gatefold.Payments.api;
import static dev.gatefold.Payments.ask;
import static dev.gatefold.Payments.card;
import static dev.gatefold.Payments.checkout;
import static dev.gatefold.Payments.control;
import static dev.gatefold.Payments.monthly;
import static dev.gatefold.Payments.reconcile;
import static dev.gatefold.Payments.settle;
import static dev.gatefold.Payments.stripe;
import static dev.gatefold.Payments.webhooks;
import static org.assertj.core.api.Assertions.assertThat;

import com.stripe.model.Invoice;
import com.stripe.model.Subscription;
import com.stripe.param.CustomerListParams;
import com.stripe.param.SubscriptionListParams;
import com.stripe.param.SubscriptionUpdateParams;
import dev.gatefold.Actors;
import dev.gatefold.Payments;
import dev.gatefold.ServiceTest;
import io.restassured.response.Response;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Readers who live at random, while the news of it is shuffled, doubled and lost, and Stripe fails now and then. What
 * Stripe says in the end is what is so. More readers and longer lives by {@code -Dlives.readers=40 -Dlives.rounds=40}.
 */
@ServiceTest
class RandomLivesTest {
    private static final int READERS = Integer.getInteger("lives.readers", 8);
    private static final int ROUNDS = Integer.getInteger("lives.rounds", 10);
    private static final long SEED = Long.getLong("lives.seed", System.nanoTime());

    /** One of them: a token, an account, and what is known of the own free days. */
    private record Reader(String token, String account, Instant freeUntil) {}

    private final SplittableRandom random = new SplittableRandom(SEED);
    private final Map<String, String> customers = new HashMap<>();
    private final List<String> story = new ArrayList<>();
    private Instant today;

    @BeforeEach
    void lookAtTheClock() {
        today = Actors.now();
    }

    @AfterEach
    void putAllBack() {
        api("UP");
        webhooks("DELIVER");
        Actors.moveClockTo(today);
    }

    @Test
    void withNewsThatIsShuffledAndDoubled() {
        control("PUT", "/webhooks", Map.of("shuffle", random.nextInt(1000), "duplicates", 1));

        live(Payments::settle);
    }

    @Test
    void withNewsThatIsLost() {
        control("PUT", "/webhooks", Map.of("shuffle", random.nextInt(1000), "dropEvery", 3));

        live(() -> {
            settle();
            reconcile();
        });
    }

    @Test
    void withNoNewsAtAll() {
        webhooks("DROP");

        live(Payments::reconcile);
    }

    private void live(Runnable catchUp) {
        List<Reader> readers = new ArrayList<>();
        for (int i = 0; i < READERS; i++) {
            readers.add(reader(random.nextBoolean()));
        }
        for (int round = 1; round <= ROUNDS; round++) {
            for (Reader reader : readers) {
                act(reader);
            }
            advance(Duration.ofHours(1 + random.nextInt(20 * 24)));
            catchUp.run();
            for (Reader reader : readers) {
                compare(reader, round);
            }
        }
    }

    private static Reader reader(boolean withTrial) {
        String token = withTrial ? inTrial() : signedUp();
        String freeUntil = bearer(token).get("/v1/me/membership").path("trial.endsAt");
        return new Reader(
                token,
                bearer(token).get("/v1/me").path("id"),
                freeUntil == null ? Instant.MIN : Instant.parse(freeUntil));
    }

    private void act(Reader reader) {
        String deed = deed(reader);
        story.add(Actors.now() + " " + reader.account + " " + deed);
    }

    private String deed(Reader reader) {
        List<Subscription> live = subscriptions(reader).stream()
                .filter(it -> !List.of("canceled", "incomplete_expired").contains(it.getStatus()))
                .toList();
        if (live.isEmpty()) {
            return random.nextInt(3) == 0 ? "rests" : buy(reader);
        }
        String id = live.getFirst().getId();
        return switch (random.nextInt(11)) {
            case 0 -> {
                bearer(reader.token).put("/v1/me/subscription/cancellation");
                yield "cancels";
            }
            case 1 -> {
                bearer(reader.token).delete("/v1/me/subscription/cancellation");
                yield "goes on after all";
            }
            case 2, 3 -> {
                card(id, "DECLINES");
                yield "has a card that declines";
            }
            case 4, 5 -> {
                card(id, "GOOD");
                yield "has a good card";
            }
            case 6 -> {
                ask(() -> stripe().subscriptions().cancel(id));
                yield "is ended at once";
            }
            case 7 -> {
                ask(() -> stripe().subscriptions()
                        .update(
                                id,
                                SubscriptionUpdateParams.builder()
                                        .setCancelAt(Actors.now()
                                                .plus(Duration.ofDays(9))
                                                .getEpochSecond())
                                        .build()));
                yield "is ended in nine days";
            }
            default -> "reads";
        };
    }

    private String buy(Reader reader) {
        Response page = checkout(reader.token, monthly(), UUID.randomUUID().toString());
        if (page.statusCode() != 201) {
            return "cannot buy: " + page.statusCode();
        }
        String how = List.of("pay", "pay", "pay", "decline", "pay-with-delay", "walk-away")
                .get(random.nextInt(6));
        Payments.at(page.path("sessionId"), how);
        return "goes to pay: " + how;
    }

    private void compare(Reader reader, int round) {
        Instant now = Actors.now();
        Response answer = bearer(reader.token).queryParam("url", MEMBERS_ONLY).get("/v1/access");

        assertThat((boolean) answer.path("granted"))
                .as(
                        "seed %d, round %d, %s: %s, Stripe has %s%n%s",
                        SEED,
                        round,
                        reader.account,
                        answer.asString(),
                        subscriptions(reader),
                        String.join(
                                "\n",
                                story.stream()
                                        .filter(it -> it.contains(reader.account))
                                        .toList()))
                .isEqualTo(now.isBefore(reader.freeUntil)
                        || subscriptions(reader).stream().anyMatch(it -> entitles(it, now)));
    }

    /** The law, said again, from what Stripe says. */
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
            case "past_due" -> !unpaidFirst && now.isBefore(periodBegan.plus(Duration.ofDays(7)));
            default -> false;
        };
    }

    private List<Subscription> subscriptions(Reader reader) {
        return customer(reader)
                .map(customer -> SubscriptionListParams.builder()
                        .setCustomer(customer)
                        .setStatus(SubscriptionListParams.Status.ALL)
                        .setLimit(100L)
                        .addExpand("data.latest_invoice")
                        .build())
                .map(wanted -> ask(() -> stripe().subscriptions().list(wanted).getData()))
                .orElse(List.of());
    }

    private Optional<String> customer(Reader reader) {
        if (!customers.containsKey(reader.account)) {
            ask(() -> stripe().customers()
                            .list(CustomerListParams.builder().setLimit(100L).build()))
                    .getData()
                    .forEach(it -> customers.put(it.getMetadata().get("gatefold_account"), it.getId()));
        }
        return Optional.ofNullable(customers.get(reader.account));
    }
}
