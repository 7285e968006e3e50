package dev.gatefold.subscriptions;

import dev.gatefold.accounts.Account;
import dev.gatefold.accounts.Accounts;
import dev.gatefold.accounts.NoAccount;
import dev.gatefold.entitlements.Standing;
import dev.gatefold.entitlements.Standings;
import dev.gatefold.kernel.Identity;
import dev.gatefold.kernel.Problem;
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
public class Memberships {
    private final Standings standings;
    private final Subscriptions subscriptions;
    private final Accounts accounts;
    private final StartTrial startTrial;
    private final OpenCheckout openCheckout;
    private final BillingProvider billing;

    Memberships(
            Standings standings,
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
    public Membership of(Identity reader, Instant at) {
        Standing standing = standing(reader, at);
        UUID account = standing.account().orElseThrow(NoAccount::problem);
        return QuarkusTransaction.requiringNew()
                .call(() -> Membership.of(standing, subscriptions.latestOf(account), at));
    }

    /** Starts the free days of a plan, or of the first that has some; a problem for whoever has had them. */
    public void startTrial(Identity reader, Optional<String> plan, Instant at) {
        QuarkusTransaction.requiringNew().run(() -> {
            Account account = accounts.of(reader).orElseThrow(NoAccount::problem);
            startTrial.start(account, plan, at);
        });
    }

    /** The page on which a plan is paid. */
    public OpenCheckout.Opened checkout(Identity reader, Checkout.Wanted wanted, String key, Instant at) {
        Standing standing = standing(reader, at);
        if (standing.account().isEmpty()) {
            throw NoAccount.problem();
        }
        return openCheckout.open(standing, wanted, key, at);
    }

    /** The page on which means of payment and invoices are looked after; a problem for who has never bought. */
    public URI portal(Identity reader, URI backTo, Instant at) {
        return billing.portal(account(reader, at), backTo)
                .orElseThrow(() -> Problem.conflict(
                        "nothing-bought", "Nothing has been bought", "The account has never been at a checkout"));
    }

    /** Has it end with the period that is paid; again, it changes nothing. */
    public void cancel(Identity reader, Instant at) {
        change(reader, at, subscription -> {
            if (!subscription.isEnding()) {
                billing.cancel(subscription);
            }
        });
    }

    /** Has it go on after all. */
    public void resume(Identity reader, Instant at) {
        change(reader, at, subscription -> {
            if (subscription.isEnding()) {
                billing.resume(subscription);
            }
        });
    }

    private void change(Identity reader, Instant at, Consumer<Subscription> change) {
        UUID account = account(reader, at);
        // the reader may have been elsewhere since we heard of it last
        billing.refresh(account);
        List<Subscription> live = QuarkusTransaction.requiringNew().call(() -> subscriptions.allLiveOf(account));
        if (live.isEmpty()) {
            throw Problem.conflict(
                    "no-subscription", "There is no subscription", "The account has no live subscription");
        }
        live.forEach(change);
    }

    private UUID account(Identity reader, Instant at) {
        return standing(reader, at).account().orElseThrow(NoAccount::problem);
    }

    private Standing standing(Identity reader, Instant at) {
        Standing standing = standings.reloaded(reader, at);
        if (standing.stale()) {
            throw Problem.unavailable("database");
        }
        return standing;
    }
}
