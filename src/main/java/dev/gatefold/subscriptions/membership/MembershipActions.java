package dev.gatefold.subscriptions.membership;

import dev.gatefold.accounts.account.Account;
import dev.gatefold.accounts.account.Accounts;
import dev.gatefold.accounts.account.NoAccountProblem;
import dev.gatefold.entitlements.Standing;
import dev.gatefold.entitlements.StandingCache;
import dev.gatefold.kernel.Identity;
import dev.gatefold.kernel.Problem;
import dev.gatefold.subscriptions.checkout.OpenCheckout;
import dev.gatefold.subscriptions.model.BillingProvider;
import dev.gatefold.subscriptions.model.Checkout;
import dev.gatefold.subscriptions.model.Subscription;
import dev.gatefold.subscriptions.model.Subscriptions;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.inject.Singleton;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

/** All that readers do with their own membership. What calls whoever bills blocks for as long as that takes. */
@Singleton
public class MembershipActions {
    private final StandingCache standings;
    private final Subscriptions subscriptions;
    private final Accounts accounts;
    private final StartTrial startTrial;
    private final OpenCheckout openCheckout;
    private final BillingProvider billing;

    MembershipActions(
            StandingCache standings,
            Subscriptions subscriptions,
            Accounts accounts,
            StartTrial startTrial,
            OpenCheckout openCheckout,
            BillingProvider billing) {
        this.standings = standings;
        this.subscriptions = subscriptions;
        this.accounts = accounts;
        this.startTrial = startTrial;
        this.openCheckout = openCheckout;
        this.billing = billing;
    }

    /** As the database has it: what was known before is no answer to somebody who has just changed something. */
    public Membership membershipOf(Identity reader, Instant at) {
        Standing standing = standing(reader, at);
        UUID account = standing.account().orElseThrow(NoAccountProblem::create);
        return QuarkusTransaction.requiringNew()
                .call(() -> Membership.of(standing, subscriptions.latestOf(account), at));
    }

    /** Starts the free days of a plan, or of the first that has some; a problem for whoever has had them. */
    public void startTrial(Identity reader, Optional<String> plan, Instant at) {
        QuarkusTransaction.requiringNew().run(() -> {
            Account account = accounts.findByIdentity(reader).orElseThrow(NoAccountProblem::create);
            startTrial.start(account, plan, at);
        });
    }

    /** The page on which a plan is paid. */
    public OpenCheckout.OpenedCheckout openCheckout(
            Identity reader, Checkout.CheckoutSelection wanted, String key, Instant at) {
        Standing standing = standing(reader, at);
        if (standing.account().isEmpty()) {
            throw NoAccountProblem.create();
        }
        return openCheckout.open(standing, wanted, key, at);
    }

    /** The page on which means of payment and invoices are looked after; a problem for who has never bought. */
    public URI portalUrl(Identity reader, URI backTo, Instant at) {
        return billing.portalUrl(account(reader, at), backTo)
                .orElseThrow(() -> Problem.conflict(
                        "nothing-bought", "Nothing has been bought", "The account has never been at a checkout"));
    }

    /** Has it end with the period that is paid; again, it changes nothing. */
    public void cancel(Identity reader, Instant at) {
        change(reader, at, subscription -> {
            if (!subscription.isCanceling()) {
                billing.cancelAtPeriodEnd(subscription);
            }
        });
    }

    /** Has it go on after all. */
    public void undoCancellation(Identity reader, Instant at) {
        change(reader, at, subscription -> {
            if (subscription.isCanceling()) {
                billing.undoCancellation(subscription);
            }
        });
    }

    private void change(Identity reader, Instant at, Consumer<Subscription> change) {
        UUID account = account(reader, at);
        // the reader may have been elsewhere since we heard of it last
        billing.syncAccount(account);
        List<Subscription> live = QuarkusTransaction.requiringNew().call(() -> subscriptions.allLiveOf(account));
        if (live.isEmpty()) {
            throw Problem.conflict(
                    "no-subscription", "There is no subscription", "The account has no live subscription");
        }
        live.forEach(change);
    }

    private UUID account(Identity reader, Instant at) {
        return standing(reader, at).account().orElseThrow(NoAccountProblem::create);
    }

    private Standing standing(Identity reader, Instant at) {
        Standing standing = standings.reload(reader, at);
        if (standing.stale()) {
            throw Problem.unavailable("database");
        }
        return standing;
    }
}
