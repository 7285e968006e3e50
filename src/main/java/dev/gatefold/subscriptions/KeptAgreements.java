package dev.gatefold.subscriptions;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.gatefold.accounts.Account;
import dev.gatefold.accounts.Keeper;
import dev.gatefold.catalog.Interval;
import dev.gatefold.subscriptions.Membership.Bought;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;

/**
 * What a reader has bought, or was about to. What was bought stays, ended, for the books, and because news of refunds and
 * disputes goes on coming for months; where readers were when they paid goes.
 */
@Singleton
class KeptAgreements implements Keeper {
    record Kept(List<Bought> subscriptions, List<Intended> checkouts) {}

    /** @param article where the reader was */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Intended(String plan, Interval interval, String article, Checkout.State state, Instant at) {
        private static Intended of(Checkout checkout) {
            return new Intended(checkout.plan, checkout.interval, checkout.article, checkout.state, checkout.createdAt);
        }
    }

    private final Subscriptions subscriptions;
    private final Checkouts checkouts;

    KeptAgreements(Subscriptions subscriptions, Checkouts checkouts) {
        this.subscriptions = subscriptions;
        this.checkouts = checkouts;
    }

    @Override
    public String member() {
        return "purchases";
    }

    @Override
    public Kept kept(Account account) {
        return new Kept(
                subscriptions.of(account.id).stream().map(Bought::of).toList(),
                checkouts.of(account.id).stream().map(Intended::of).toList());
    }

    @Override
    public void forget(Account account, Instant at) {
        if (subscriptions.liveOf(account.id).isPresent()
                || checkouts.openOf(account.id).isPresent()) {
            throw NotErased.problem();
        }
        checkouts.delete("accountId", account.id);
    }
}
