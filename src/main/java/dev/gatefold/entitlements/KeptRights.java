package dev.gatefold.entitlements;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.gatefold.accounts.Account;
import dev.gatefold.accounts.Keeper;
import dev.gatefold.accounts.Persons;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;

/** The rights of a reader. With the reader they end, and only that there was a trial is known for ever. */
@Singleton
class KeptRights implements Keeper {
    /** @param trialTaken whether the free trial has been taken, with this account or an earlier one */
    record Kept(boolean trialTaken, List<Held> items) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Held(Basis basis, String origin, String plan, String source, String article, Instant from, Instant until) {
        private static Held of(Entitlement row) {
            return new Held(row.basis, row.origin, row.plan, row.source, row.articleName, row.from, row.until);
        }
    }

    private final Entitlements entitlements;
    private final Granting granting;
    private final TrialsTaken trials;
    private final Persons persons;

    KeptRights(Entitlements entitlements, Granting granting, TrialsTaken trials, Persons persons) {
        this.entitlements = entitlements;
        this.granting = granting;
        this.trials = trials;
        this.persons = persons;
    }

    @Override
    public String member() {
        return "rights";
    }

    @Override
    public Kept kept(Account account) {
        return new Kept(
                persons.of(account).stream().anyMatch(trials::isTaken),
                entitlements.of(account.id).stream().map(Held::of).toList());
    }

    @Override
    public void forget(Account account, Instant at) {
        // of trials from before they were noted nothing else would be left
        if (entitlements.of(account.id).stream().anyMatch(right -> right.basis == Basis.TRIAL)) {
            var _ = trials.take(persons.of(account));
        }
        granting.endAll(account.id, at);
    }
}
