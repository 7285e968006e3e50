package dev.gatefold.subscriptions;

import dev.gatefold.accounts.Account;
import dev.gatefold.accounts.SignedUp;
import dev.gatefold.catalog.CurrentCatalog;
import dev.gatefold.catalog.Plan;
import dev.gatefold.entitlements.Basis;
import dev.gatefold.entitlements.Granting;
import dev.gatefold.entitlements.Right;
import dev.gatefold.entitlements.Standing;
import dev.gatefold.kernel.Problem;
import dev.gatefold.kernel.Term;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Instant;
import java.util.Optional;

/** The free days: once for a person, over all plans and for ever. */
@ApplicationScoped
class StartTrial {
    private static final String ORIGIN = "trial";

    private final CurrentCatalog catalog;
    private final Granting granting;

    StartTrial(CurrentCatalog catalog, Granting granting) {
        this.catalog = catalog;
        this.granting = granting;
    }

    /** The trial that an account has had, or has. */
    static Optional<Right> of(Standing standing) {
        return standing.byOrigin(ORIGIN);
    }

    /** Starts the trial of a plan, or of the first that has one. */
    void start(Account account, Optional<String> plan, Instant at) {
        if (!granting.grantTrial(account, trialOf(planned(plan), at))) {
            throw Problem.conflict(
                    "trial-already-used", "The free trial has been used", "There is one trial for each person");
        }
    }

    void startWithSignUp(@Observes SignedUp fact) {
        if (fact.startTrial()) {
            // who signs up again keeps the trial they had
            granting.grantTrial(fact.account(), trialOf(planned(Optional.empty()), fact.at()));
        }
    }

    private Plan planned(Optional<String> slug) {
        return catalog.get().plans().stream()
                .filter(plan -> slug.map(plan.slug()::equals).orElse(true))
                .filter(plan -> plan.trialDays() > 0)
                .findFirst()
                .orElseThrow(() -> Problem.unprocessable(
                        "no-trial", "No free trial", "No plan of this name is sold with a free trial"));
    }

    private static Right trialOf(Plan plan, Instant at) {
        return Right.toPlan(Basis.TRIAL, ORIGIN, plan.slug(), Term.ofDays(at, plan.trialDays()));
    }
}
