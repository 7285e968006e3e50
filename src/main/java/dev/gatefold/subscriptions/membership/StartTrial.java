package dev.gatefold.subscriptions.membership;

import dev.gatefold.accounts.account.Account;
import dev.gatefold.accounts.account.Accounts;
import dev.gatefold.accounts.account.NoAccountProblem;
import dev.gatefold.accounts.account.ReaderSignedUp;
import dev.gatefold.catalog.CurrentCatalog;
import dev.gatefold.catalog.model.Plan;
import dev.gatefold.entitlements.Entitlement;
import dev.gatefold.entitlements.EntitlementBasis;
import dev.gatefold.entitlements.EntitlementGrants;
import dev.gatefold.entitlements.Standing;
import dev.gatefold.kernel.Identity;
import dev.gatefold.kernel.Problem;
import dev.gatefold.kernel.Term;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Instant;
import java.util.Optional;

/** Starts the free trial. A person has one trial over all plans, also after deleting an account and signing up again. */
@ApplicationScoped
public class StartTrial {
    private static final String ORIGIN = "trial";

    private final Accounts accounts;
    private final CurrentCatalog catalog;
    private final EntitlementGrants grants;

    StartTrial(Accounts accounts, CurrentCatalog catalog, EntitlementGrants grants) {
        this.accounts = accounts;
        this.catalog = catalog;
        this.grants = grants;
    }

    /** Returns the trial entitlement of an account, running or ended. */
    public static Optional<Entitlement> trialIn(Standing standing) {
        return standing.findByOrigin(ORIGIN);
    }

    /**
     * Starts the trial of a plan.
     *
     * @param plan slug of the plan; if empty, the first plan with a trial
     * @throws Problem 409 {@code trial-already-used}; 422 {@code no-trial} if the plan has no trial
     */
    public void start(Identity reader, Optional<String> plan, Instant at) {
        QuarkusTransaction.requiringNew().run(() -> {
            Account account = accounts.findByIdentity(reader).orElseThrow(NoAccountProblem::create);
            if (!grants.grantTrial(account, trialOf(planWithTrial(plan), at))) {
                throw Problem.conflict(
                        "trial-already-used", "Free trial already used", "Each person can use one free trial");
            }
        });
    }

    void startWithSignUp(@Observes ReaderSignedUp fact) {
        if (fact.startTrial()) {
            // has no effect for a person who already used the trial
            grants.grantTrial(fact.account(), trialOf(planWithTrial(Optional.empty()), fact.at()));
        }
    }

    private Plan planWithTrial(Optional<String> slug) {
        return catalog.get().plans().stream()
                .filter(plan -> slug.map(plan.slug()::equals).orElse(true))
                .filter(plan -> plan.trialDays() > 0)
                .findFirst()
                .orElseThrow(() ->
                        Problem.unprocessable("no-trial", "No free trial", "No plan with this name has a free trial"));
    }

    private static Entitlement trialOf(Plan plan, Instant at) {
        return Entitlement.forPlan(EntitlementBasis.TRIAL, ORIGIN, plan.slug(), Term.ofDays(at, plan.trialDays()));
    }
}
