package dev.gatefold.subscriptions.change;

import dev.gatefold.kernel.Identity;
import dev.gatefold.kernel.Problem;
import dev.gatefold.subscriptions.membership.CurrentReader;
import dev.gatefold.subscriptions.model.BillingProvider;
import dev.gatefold.subscriptions.model.Invoices;
import dev.gatefold.subscriptions.model.Subscription;
import dev.gatefold.subscriptions.model.SubscriptionKey;
import dev.gatefold.subscriptions.model.SubscriptionStatus;
import dev.gatefold.subscriptions.model.Subscriptions;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;

/** Cancels a reader's subscriptions, and undoes that. Blocks while it calls the billing provider. */
@Singleton
public class Cancellation {
    private static final Set<String> REFUSALS = Set.of("managed-by-schedule", "cancellation-refused");

    private final CurrentReader readers;
    private final Subscriptions subscriptions;
    private final Invoices invoices;
    private final BillingProvider billing;

    Cancellation(CurrentReader readers, Subscriptions subscriptions, Invoices invoices, BillingProvider billing) {
        this.readers = readers;
        this.subscriptions = subscriptions;
        this.invoices = invoices;
        this.billing = billing;
    }

    /**
     * Cancels all subscriptions of a reader that could still charge something, at all customers of the account. Each ends
     * according to its {@link CancellationPlan}. Does nothing if all are already canceling.
     *
     * @throws Problem 409 {@code no-subscription} if the account has no such subscription; 409 {@code managed-by-schedule} or
     *     {@code cancellation-refused} if the billing provider refuses, after the other subscriptions have been canceled
     */
    public void cancel(Identity reader, Instant at) {
        UUID account = syncedAccount(reader, at);
        Map<Subscription, CancellationPlan> plans = plans(account);
        boolean none = plans.entrySet().stream()
                .allMatch(it -> isEnded(it.getKey().status()) && it.getValue().isEmpty());
        if (none) {
            throw noSubscription();
        }
        forEach(List.copyOf(plans.keySet()), subscription -> cancel(subscription, plans.get(subscription)));
    }

    private void cancel(Subscription subscription, CancellationPlan plan) {
        switch (plan.timing()) {
            case UNCHANGED -> {}
            case AT_PERIOD_END -> billing.cancelAtPeriodEnd(subscription);
            case NOW -> billing.cancelNow(subscription);
        }
        // after the cancellation, because a voided invoice would begin another period
        if (!plan.voidedInvoices().isEmpty()) {
            billing.voidInvoices(subscription, plan.voidedInvoices());
        }
    }

    /**
     * Undoes a scheduled cancellation, and resumes a paused subscription. Does nothing if the subscription continues.
     *
     * @throws Problem 409 {@code no-subscription} if the account has no live subscription; 409
     *     {@code payment-method-required} if a paused subscription has no payment method; 409 {@code managed-by-schedule} or
     *     {@code cancellation-refused} if the billing provider refuses
     */
    public void undo(Identity reader, Instant at) {
        UUID account = syncedAccount(reader, at);
        List<Subscription> live = QuarkusTransaction.requiringNew().call(() -> subscriptions.allLiveOf(account));
        if (live.isEmpty()) {
            throw noSubscription();
        }
        forEach(live, subscription -> {
            if (subscription.isCanceling()) {
                billing.undoCancellation(subscription);
            }
            if (subscription.status() == SubscriptionStatus.PAUSED) {
                billing.resume(subscription);
            }
        });
    }

    /** Returns true if a problem says that the billing provider refuses the change, so that only its portal can help. */
    public static boolean isRefusal(Problem problem) {
        return REFUSALS.contains(problem.code());
    }

    /** The reader may have changed the subscription in the provider's portal. */
    private UUID syncedAccount(Identity reader, Instant at) {
        UUID account = readers.account(reader, at);
        billing.syncAccount(account);
        return account;
    }

    private Map<Subscription, CancellationPlan> plans(UUID account) {
        return QuarkusTransaction.requiringNew().call(() -> {
            Map<Subscription, CancellationPlan> plans = new LinkedHashMap<>();
            for (Subscription subscription : subscriptions.ofAccountLiveFirst(account)) {
                var key = new SubscriptionKey(subscription.provider(), subscription.id());
                plans.put(subscription, CancellationPlan.of(subscription, invoices.ofSubscription(key)));
            }
            return plans;
        });
    }

    private static boolean isEnded(SubscriptionStatus status) {
        return status == SubscriptionStatus.CANCELED || status == SubscriptionStatus.INCOMPLETE_EXPIRED;
    }

    /** A refusal for one subscription must not keep the others running. */
    private static void forEach(List<Subscription> subscriptions, Consumer<Subscription> change) {
        Problem refusal = null;
        for (Subscription subscription : subscriptions) {
            try {
                change.accept(subscription);
            } catch (Problem problem) {
                if (refusal == null) {
                    refusal = problem;
                } else {
                    refusal.addSuppressed(problem);
                }
            }
        }
        if (refusal != null) {
            throw refusal;
        }
    }

    private static Problem noSubscription() {
        return Problem.conflict("no-subscription", "No subscription", "The account has no live subscription");
    }
}
