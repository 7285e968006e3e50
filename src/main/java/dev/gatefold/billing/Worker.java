package dev.gatefold.billing;

import dev.gatefold.kernel.Outage;
import dev.gatefold.kernel.Reach;
import io.quarkus.logging.Log;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * Handles what has come in: traces events to subscriptions, and fetches subscriptions that may have changed. On every
 * replica, several at once; woken by each event, and once a second for what others have left.
 */
@Singleton
public class Worker {
    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
    private static final Duration LONGEST_SETTLING = Duration.ofSeconds(30);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(10);

    private final Inbox inbox;
    private final Dirty dirty;
    private final Tracing tracing;
    private final Sync sync;
    private final Pace pace;
    private final Reach reach;
    private final StripeConfig config;
    private final BillingMetrics metrics;
    private final BillingSpans spans;
    private final Semaphore hands;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private volatile boolean stopping;

    Worker(
            Inbox inbox,
            Dirty dirty,
            Tracing tracing,
            Sync sync,
            Pace pace,
            Reach reach,
            StripeConfig config,
            BillingMetrics metrics,
            BillingSpans spans) {
        this.inbox = inbox;
        this.dirty = dirty;
        this.tracing = tracing;
        this.sync = sync;
        this.pace = pace;
        this.reach = reach;
        this.config = config;
        this.metrics = metrics;
        this.spans = spans;
        this.hands = new Semaphore(config.concurrency());
    }

    /** Has somebody look, if anybody is free. */
    @Scheduled(every = "1s")
    void wake() {
        if (!stopping && hands.tryAcquire()) {
            threads.execute(() -> {
                try {
                    workUntilNothingIsDue();
                } finally {
                    hands.release();
                }
            });
        }
    }

    private void workUntilNothingIsDue() {
        try {
            while (!stopping && one()) {
                // and the next
            }
        } catch (RuntimeException e) {
            if (!Outage.caused(e)) {
                Log.error("A worker stopped; its work is done again when its lease ends", e);
            }
        }
    }

    /** Returns when nothing is due any more, or after half a minute. What waits for a pause to end is not due. */
    public void settle() {
        long deadline = System.nanoTime() + LONGEST_SETTLING.toNanos();
        while (!stopping && reach.ask(this::isBusy, () -> false) && System.nanoTime() - deadline < 0) {
            if (!one()) {
                LockSupport.parkNanos(LOOK_AGAIN.toNanos());
            }
        }
    }

    private boolean isBusy() {
        return inbox.isBusy() || dirty.isBusy();
    }

    /** Does one thing; false where there was none to do. */
    private boolean one() {
        if (pace.isPaused()) {
            return false;
        }
        // only this much is asked of the database under its watch: Stripe, asked in between, may take its time
        Optional<Inbox.Leased> event = reach.ask(inbox::next, Optional::empty);
        event.ifPresent(it -> spans.goOn("trace event", it.event(), traces(it), () -> trace(it)));
        if (event.isPresent()) {
            return true;
        }
        Optional<Dirty.Lease> lease = reach.ask(dirty::next, Optional::empty);
        lease.ifPresent(it -> spans.goOn("fetch subscription", it.subscription(), it.traces(), () -> fetch(it)));
        return lease.isPresent();
    }

    private static List<String> traces(Inbox.Leased event) {
        return Stream.ofNullable(event.trace()).toList();
    }

    private void trace(Inbox.Leased event) {
        try {
            expectingTrouble(() -> follow(event, tracing.trace(event)));
        } catch (StripeTrouble trouble) {
            BillingSpans.failed(trouble);
            if (isWorthTrying(trouble, event.attempts())) {
                inbox.postpone(event.event(), pause(event.attempts()), trouble.getMessage());
            } else {
                Log.errorf(trouble, "Event %s cannot be handled", event.event());
                conclude(event, Outcome.FAILED, trouble.getMessage());
            }
        }
    }

    private void follow(Inbox.Leased event, Tracing.Trace trace) {
        switch (trace) {
            case Tracing.Trace.To(var subscriptions) ->
                QuarkusTransaction.requiringNew()
                        .run(() -> subscriptions.forEach(it -> inbox.await(event.event(), it)));
            case Tracing.Trace.Nowhere(var outcome, var why) -> conclude(event, outcome, why);
        }
    }

    private void conclude(Inbox.Leased event, Outcome outcome, String why) {
        inbox.conclude(event.event(), outcome, why);
        concluded(outcome);
    }

    private void concluded(Outcome outcome) {
        metrics.concluded(outcome);
        BillingSpans.concluded(outcome);
    }

    private void fetch(Dirty.Lease lease) {
        try {
            expectingTrouble(() -> concluded(sync.run(lease).outcome()));
        } catch (StripeTrouble trouble) {
            BillingSpans.failed(trouble);
            if (isWorthTrying(trouble, lease.attempts() + 1)) {
                dirty.postpone(lease, pause(lease.attempts()), trouble.getMessage());
            } else {
                Log.errorf(trouble, "Subscription %s cannot be fetched", lease.subscription());
                giveUp(lease, trouble.getMessage());
            }
        }
    }

    /** What nobody has thought of is trouble too, and must not be tried for ever; a database that is away is not. */
    private static void expectingTrouble(Runnable work) {
        try {
            work.run();
        } catch (StripeTrouble trouble) {
            throw trouble;
        } catch (RuntimeException e) {
            if (Outage.caused(e)) {
                throw e;
            }
            throw new StripeTrouble(
                    "It could not be understood: " + e.getClass().getSimpleName(), false, false, e);
        }
    }

    /** What would not pass is left for an operator; what we knew stays as it was. */
    private void giveUp(Dirty.Lease lease, String why) {
        QuarkusTransaction.requiringNew().run(() -> {
            inbox.concludeWaiting(lease.subscription(), lease.mark(), Outcome.FAILED, why, null);
            dirty.fetched(lease);
        });
        concluded(Outcome.FAILED);
    }

    private boolean isWorthTrying(StripeTrouble trouble, int attempts) {
        return trouble.isPassing() || attempts < config.attempts();
    }

    /** Twice as long each time, and never the same for two who failed together. */
    private Duration pause(int attempts) {
        long doubled = FIRST_PAUSE.toMillis() << Math.min(attempts, 20);
        long bounded = Math.min(doubled, config.longestPause().toMillis());
        return Duration.ofMillis(ThreadLocalRandom.current().nextLong(bounded / 2, bounded + 1));
    }

    /** What is under way is finished; what is not begun is somebody else's. */
    void stop(@Observes ShutdownEvent event) {
        stopping = true;
        threads.close();
    }
}
