package dev.gatefold.subscriptions.membership;

import dev.gatefold.accounts.account.Account;
import dev.gatefold.accounts.account.ReaderSignedUp;
import dev.gatefold.catalog.CurrentCatalog;
import dev.gatefold.catalog.model.Plan;
import dev.gatefold.entitlements.Entitlement;
import dev.gatefold.entitlements.EntitlementBasis;
import dev.gatefold.entitlements.EntitlementGrants;
import dev.gatefold.entitlements.Standing;
import dev.gatefold.kernel.Problem;
import dev.gatefold.kernel.Term;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Instant;
import java.util.Optional;

/** The free days: once for a person, over all plans and for ever. */
@ApplicationScoped
public class StartTrial {
    private static final String ORIGIN = "trial";

    private final CurrentCatalog catalog;
    private final EntitlementGrants granting;

    StartTrial(CurrentCatalog catalog, EntitlementGrants granting) {
        this.catalog = catalog;
        this.granting = granting;
    }

    /** The trial that an account has had, or has. */
    public static Optional<Entitlement> trialIn(Standing standing) {
        return standing.findByOrigin(ORIGIN);
    }

    /** Starts the trial of a plan, or of the first that has one. */
    void start(Account account, Optional<String> plan, Instant at) {
        if (!granting.grantTrial(account, trialOf(planned(plan), at))) {
            throw Problem.conflict(
                    "trial-already-used", "The free trial has been used", "There is one trial for each person");
        }
    }

    void startWithSignUp(@Observes ReaderSignedUp fact) {
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

    private static Entitlement trialOf(Plan plan, Instant at) {
        return Entitlement.forPlan(EntitlementBasis.TRIAL, ORIGIN, plan.slug(), Term.ofDays(at, plan.trialDays()));
    }
}
