package dev.gatefold.billing.stripe;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.stripe.model.Event;
import com.stripe.model.Subscription;
import dev.gatefold.billing.queue.EventRoute;
import dev.gatefold.billing.queue.ReconciliationRun;
import dev.gatefold.billing.queue.WorkQueue;
import dev.gatefold.subscriptions.model.Subscriptions;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Compares prices, subscriptions, disputes and undelivered events with Stripe. */
@Singleton
class StripeReconciliation {
    private final PriceComparison prices;
    private final StripeSubscriptionApi stripe;
    private final StripePaymentApi payments;
    private final SubscriptionRecorder recorder;
    private final SubscriptionSync sync;
    private final ChargeRouter charges;
    private final PaymentReversals reversals;
    private final WebhookIngest ingest;
    private final WorkQueue queue;
    private final Subscriptions subscriptions;
    private final ObjectMapper json = new ObjectMapper();

    StripeReconciliation(
            PriceComparison prices,
            StripeSubscriptionApi stripe,
            StripePaymentApi payments,
            SubscriptionRecorder recorder,
            SubscriptionSync sync,
            ChargeRouter charges,
            PaymentReversals reversals,
            WebhookIngest ingest,
            WorkQueue queue,
            Subscriptions subscriptions) {
        this.prices = prices;
        this.stripe = stripe;
        this.payments = payments;
        this.recorder = recorder;
        this.sync = sync;
        this.charges = charges;
        this.reversals = reversals;
        this.ingest = ingest;
        this.queue = queue;
        this.subscriptions = subscriptions;
    }

    void reconcile(ReconciliationRun run) {
        comparePrices(run);
        compareListedSubscriptions(run);
        syncUnlistedSubscriptions(run);
        compareDisputes(run);
        ingestUndeliveredEvents(run);
    }

    private void comparePrices(ReconciliationRun run) {
        try {
            prices.compareAll();
        } catch (StripeFailure failure) {
            run.addFailure("Prices: " + failure.getMessage());
        }
    }

    private void compareListedSubscriptions(ReconciliationRun run) {
        long[] syncNumber = new long[1];
        Stream<Subscription> listed = StripePages.stream(after -> {
            run.renewLease();
            syncNumber[0] = queue.nextSyncNumber();
            return stripe.list(Optional.empty(), after);
        });
        listed.forEach(subscription -> run.compareListed(
                StripeBilling.PROVIDER,
                subscription.getId(),
                () -> recorder.recordListed(subscription, syncNumber[0])));
    }

    /** A subscription that is missing from the list is fetched: a list is no proof that it has ended. */
    private void syncUnlistedSubscriptions(ReconciliationRun run) {
        QuarkusTransaction.requiringNew().call(() -> subscriptions.liveIds(StripeBilling.PROVIDER)).stream()
                .filter(id -> !run.hasSeen(id))
                .forEach(id -> run.compare(StripeBilling.PROVIDER, id, () -> sync.syncIfUnleased(id)));
    }

    /** A subscription does not show that its payment is disputed, so the disputes are compared too. */
    private void compareDisputes(ReconciliationRun run) {
        try {
            StripePages.stream(payments::listDisputes)
                    .filter(dispute -> dispute.getCharge() != null)
                    .filter(dispute -> reversals.isDisputed(dispute.getCharge())
                            != (PaymentReversal.disputedAt(List.of(dispute)) != null))
                    .forEach(dispute -> syncSubscriptionOf(dispute.getCharge(), run));
        } catch (StripeFailure failure) {
            run.addFailure("Disputes: " + failure.getMessage());
        }
    }

    private void syncSubscriptionOf(String charge, ReconciliationRun run) {
        switch (charges.route(charge)) {
            case EventRoute.ToSubscriptions(var affected) ->
                affected.forEach(id -> run.compare(StripeBilling.PROVIDER, id, () -> sync.syncIfUnleased(id)));
            case EventRoute.Unroutable _ -> {}
        }
    }

    private void ingestUndeliveredEvents(ReconciliationRun run) {
        try {
            StripePages.stream(payments::listUndeliveredEvents).forEach(event -> ingest(event, run));
        } catch (StripeFailure failure) {
            run.addFailure("Undelivered events: " + failure.getMessage());
        }
    }

    private void ingest(Event event, ReconciliationRun run) {
        try {
            String body = event.toJson();
            StripeEventRef ref = StripeEventParser.parse(json.readTree(body));
            if (ingest.ingest(ref, body.getBytes(StandardCharsets.UTF_8))) {
                run.countUndelivered();
            }
        } catch (JsonProcessingException | IllegalArgumentException e) {
            run.addFailure("Event " + event.getId() + " cannot be parsed");
        }
    }
}
