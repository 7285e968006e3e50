package dev.gatefold.billing.queue;

import dev.gatefold.platform.database.DatabaseOutage;
import dev.gatefold.subscriptions.model.ProviderName;
import io.quarkus.logging.Log;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** One comparison of all subscriptions with a billing provider, and what it has found so far. For one thread. */
public final class ReconciliationRun {
    private static final int MAX_REPORTED = 100;

    private final Instant startedAt;
    private final WorkQueue queue;
    private final BillingMetrics metrics;
    private final BooleanSupplier renewLease;
    private final BooleanSupplier stopping;
    private final Set<String> seen = new HashSet<>();
    private final List<String> repaired = new ArrayList<>();
    private final List<String> failures = new ArrayList<>();
    private int foreign;
    private int undelivered;

    ReconciliationRun(
            Instant startedAt,
            WorkQueue queue,
            BillingMetrics metrics,
            BooleanSupplier renewLease,
            BooleanSupplier stopping) {
        this.startedAt = startedAt;
        this.queue = queue;
        this.metrics = metrics;
        this.renewLease = renewLease;
        this.stopping = stopping;
    }

    /** Extends the lease of the run. Call it before each page of a list, and at least every ten minutes. */
    public void renewLease() {
        if (!renewLease.getAsBoolean()) {
            throw new ProviderFailure("Another replica has taken over the reconciliation", true, null);
        }
    }

    /** Compares a subscription that the provider listed. */
    public void compareListed(ProviderName provider, String subscription, Supplier<SyncResult> comparison) {
        seen.add(subscription);
        compare(provider, subscription, () -> Optional.of(comparison.get()));
    }

    /** Returns true if the provider has listed the subscription in this run. */
    public boolean hasSeen(String subscription) {
        return seen.contains(subscription);
    }

    /**
     * Compares a subscription and counts what was found. A failure is added to the report.
     *
     * @param comparison returns empty if a worker is syncing the subscription
     */
    public void compare(ProviderName provider, String subscription, Supplier<Optional<SyncResult>> comparison) {
        if (stopping.getAsBoolean()) {
            throw new ProviderFailure("The service is stopping; another replica continues", true, null);
        }
        boolean expected = queue.isPending(WorkItem.subscription(provider, subscription));
        try {
            comparison.get().ifPresent(result -> count(subscription, result, expected));
        } catch (ProviderFailure failure) {
            addFailure(subscription + ": " + failure.getMessage());
        } catch (RuntimeException e) {
            if (DatabaseOutage.isCauseOf(e)) {
                throw e;
            }
            Log.errorf(e, "Subscription %s cannot be compared", subscription);
            addFailure(subscription + ": " + e.getClass().getSimpleName());
        }
    }

    /** A change is drift only if no queued sync would have recorded it. */
    private void count(String subscription, SyncResult result, boolean expected) {
        switch (result.outcome()) {
            case UNMATCHED, IGNORED -> foreign++;
            case APPLIED -> {
                if (!expected) {
                    repaired.add(subscription);
                    metrics.countDrift();
                }
            }
            case DUPLICATE, STALE, FAILED -> {}
        }
    }

    /** Counts an event that the provider could not deliver before and that is stored now. */
    public void countUndelivered() {
        undelivered++;
    }

    /** Adds a description of something that could not be compared. */
    public void addFailure(String failure) {
        failures.add(failure);
    }

    ReconciliationReport report(Instant finishedAt) {
        return new ReconciliationReport(
                startedAt,
                finishedAt,
                seen.size(),
                foreign,
                repaired.size(),
                repaired.stream().limit(MAX_REPORTED).toList(),
                undelivered,
                failures.stream().limit(MAX_REPORTED).toList());
    }
}
