package dev.gatefold.subscriptions.change;

import dev.gatefold.kernel.Identity;
import dev.gatefold.kernel.Problem;
import dev.gatefold.subscriptions.model.BilledSubscription;
import dev.gatefold.subscriptions.model.BillingProvider;
import dev.gatefold.subscriptions.model.SubscriptionStatus;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;

/** Cancels a reader's subscriptions. Blocks while it calls the billing provider. */
@Singleton
public class Cancellation {
    private final ReaderSubscriptions subscriptions;
    private final BillingProvider billing;

    Cancellation(ReaderSubscriptions subscriptions, BillingProvider billing) {
        this.subscriptions = subscriptions;
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
        List<BilledSubscription> all = subscriptions.synced(reader, at);
        if (all.stream().allMatch(Cancellation::hasNothingToCancel)) {
            throw ReaderSubscriptions.noSubscription();
        }
        ReaderSubscriptions.forEach(all, this::cancel);
    }

    private void cancel(BilledSubscription billed) {
        CancellationPlan plan = CancellationPlan.of(billed.subscription(), billed.invoices());
        switch (plan.timing()) {
            case UNCHANGED -> {}
            case AT_PERIOD_END -> billing.cancelAtPeriodEnd(billed.subscription());
            case NOW -> billing.cancelNow(billed.subscription());
        }
        // after the cancellation, because a voided invoice would begin another period
        if (!plan.voidedInvoices().isEmpty()) {
            billing.voidInvoices(billed.subscription(), plan.voidedInvoices());
        }
    }

    private static boolean hasNothingToCancel(BilledSubscription billed) {
        SubscriptionStatus status = billed.subscription().status();
        boolean ended = status == SubscriptionStatus.CANCELED || status == SubscriptionStatus.INCOMPLETE_EXPIRED;
        return ended
                && CancellationPlan.of(billed.subscription(), billed.invoices()).isEmpty();
    }

    /** Returns true if a problem says that the billing provider refuses the change, so that only its portal can help. */
    public static boolean isRefusal(Problem problem) {
        return ReaderSubscriptions.isRefusal(problem);
    }
}
