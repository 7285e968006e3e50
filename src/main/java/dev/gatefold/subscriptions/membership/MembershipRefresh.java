package dev.gatefold.subscriptions.membership;

import dev.gatefold.kernel.Identity;
import dev.gatefold.kernel.Problem;
import dev.gatefold.subscriptions.model.BillingProvider;
import io.quarkus.logging.Log;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Finds memberships for the account page, and fetches a next payment that is unknown or old from the provider first. */
@Singleton
public class MembershipRefresh {
    /** How long the billing provider's answer is shown without asking again. */
    private static final Duration MAX_AGE = Duration.ofMinutes(5);

    /** How long the page waits. A fetch that takes longer continues, and the next view shows its result. */
    private static final Duration TIMEOUT = Duration.ofSeconds(3);

    private final Memberships memberships;
    private final CurrentReader readers;
    private final BillingProvider billing;

    MembershipRefresh(Memberships memberships, CurrentReader readers, BillingProvider billing) {
        this.memberships = memberships;
        this.readers = readers;
        this.billing = billing;
    }

    /**
     * Returns the membership of a reader. Blocks while it calls the billing provider. If that fails, the membership is as
     * recorded; throws as {@link CurrentReader} does.
     */
    public Membership find(Identity reader, Instant at) {
        UUID account = readers.account(reader, at);
        if (memberships.hasNextPaymentFrom(account, at.minus(MAX_AGE), at)) {
            return memberships.find(reader, at);
        }
        refresh(account);
        return memberships.find(reader, at);
    }

    private void refresh(UUID account) {
        FutureTask<Void> sync = new FutureTask<>(() -> billing.syncAccount(account), null);
        Thread.ofVirtual().name("membership-refresh").start(sync);
        try {
            sync.get(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            Log.infof("The next payment of account %s is still being fetched", account);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Problem problem) {
                Log.warnf("The next payment of account %s is not refreshed: %s", account, problem.getMessage());
            } else {
                Log.errorf(e.getCause(), "The next payment of account %s is not refreshed", account);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
