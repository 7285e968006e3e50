package dev.gatefold.billing.stripe;

import static dev.gatefold.testing.TestCallers.advanceClock;
import static dev.gatefold.testing.TestCallers.newAccountToken;
import static dev.gatefold.testing.TestCallers.withBearerToken;
import static dev.gatefold.testing.TestPayments.callStripe;
import static dev.gatefold.testing.TestPayments.setCardBehaviour;
import static dev.gatefold.testing.TestPayments.setWebhookMode;
import static dev.gatefold.testing.TestPayments.stripeClient;
import static dev.gatefold.testing.TestPayments.subscribe;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.stripe.model.Event;
import com.stripe.param.EventListParams;
import dev.gatefold.billing.queue.BillingWorker;
import dev.gatefold.testing.ServiceTest;
import dev.gatefold.testing.StripeResetExtension;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.hibernate.Session;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Eight events of one subscription, delivered in every order. Every 211th of the 40,320 orders is tried;
 * {@code -Devent.order.step=1} tries all. Half of the events are handled before the other half arrives.
 */
@ServiceTest
@ExtendWith(StripeResetExtension.class)
class EventOrderTest {
    private static final int EVENTS = 8;
    private static final int STEP = Integer.getInteger("event.order.step", 211);

    @Inject
    WebhookIngest ingest;

    @Inject
    BillingWorker worker;

    @Inject
    Session database;

    @Test
    void everyEventOrderLeadsToSameState() throws Exception {
        setWebhookMode("DROP");
        String reader = newAccountToken();
        String subscription = subscribe(reader);
        setCardBehaviour(subscription, "DECLINES");
        advanceClock(Duration.ofDays(32));
        setCardBehaviour(subscription, "GOOD");
        advanceClock(Duration.ofDays(8));
        withBearerToken(reader).put("/v1/me/subscription/cancellation").then().statusCode(200);
        List<Event> events = eventsOf(subscription);
        String expected = state(subscription);

        int tried = 0;
        for (int number = 0; number < factorial(EVENTS); number += STEP) {
            List<Event> order = permutation(events, number);
            deleteLocalState(subscription);
            receive(order.subList(0, EVENTS / 2));
            receive(order.subList(EVENTS / 2, EVENTS));
            assertThat(state(subscription))
                    .as(
                            "order %d: %s",
                            number, order.stream().map(Event::getType).toList())
                    .isEqualTo(expected);
            tried++;
        }

        assertThat(tried).isEqualTo((factorial(EVENTS) + STEP - 1) / STEP);
        assertThat(expected).contains("ACTIVE", "MEMBER");
    }

    /** Returns eight events of a subscription, from its first to its last. */
    private static List<Event> eventsOf(String subscription) {
        List<Event> all =
                callStripe(() -> stripeClient()
                                .events()
                                .list(EventListParams.builder().setLimit(100L).build()))
                        .getData()
                        .stream()
                        .filter(event -> event.toJson().contains("\"" + subscription + "\""))
                        .filter(event ->
                                event.getType().matches("customer\\.subscription\\..*|invoice\\..*|checkout\\..*"))
                        .toList();
        List<Event> eight = new ArrayList<>();
        for (int i = 0; i < EVENTS; i++) {
            eight.add(all.get(i * (all.size() - 1) / (EVENTS - 1)));
        }
        assertThat(eight).doesNotHaveDuplicates();
        return eight;
    }

    private void receive(List<Event> events) throws Exception {
        for (Event event : events) {
            byte[] body = event.toJson().getBytes(StandardCharsets.UTF_8);
            ingest.ingest(StripeEventParser.parse(new ObjectMapper().readTree(body)), body);
        }
        worker.drain();
    }

    /** Deletes everything that is stored about the subscription. */
    private void deleteLocalState(String subscription) {
        QuarkusTransaction.requiringNew().run(() -> {
            for (String sql : List.of(
                    "delete from inbox_event where subscription_id = :it or subscription_id is null",
                    "delete from billing_work where item_id = :it",
                    "delete from entitlement where origin like 'subscription/' || :it || '/%'",
                    "delete from subscription where id = :it")) {
                var statement = database.createNativeMutationQuery(sql);
                statement.setParameter("it", subscription).executeUpdate();
            }
        });
    }

    private String state(String subscription) {
        return QuarkusTransaction.requiringNew()
                .call(() -> database.createNativeQuery("""
                                select s.status || ' ' || s.paid_until || ' ' || s.cancels_at || ' '
                                       || string_agg(e.basis || ' ' || e.valid_from || ' ' || e.valid_until, ', ')
                                from subscription s join entitlement e on e.origin like 'subscription/' || s.id || '/%'
                                where s.id = :it
                                group by s.provider, s.id
                                """, String.class)
                        .setParameter("it", subscription)
                        .getSingleResult());
    }

    /** Returns the permutation with this number. */
    private static List<Event> permutation(List<Event> events, int number) {
        List<Event> left = new ArrayList<>(events);
        List<Event> order = new ArrayList<>();
        for (int rest = number; !left.isEmpty(); ) {
            int block = factorial(left.size() - 1);
            order.add(left.remove(rest / block));
            rest %= block;
        }
        return order;
    }

    private static int factorial(int n) {
        return n <= 1 ? 1 : n * factorial(n - 1);
    }
}
