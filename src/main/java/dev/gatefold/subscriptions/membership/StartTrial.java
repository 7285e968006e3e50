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
import dev.gatefold.subscriptions.model.BilledSubscriptions;
import dev.gatefold.subscriptions.model.CheckoutSuperseded;
import dev.gatefold.subscriptions.policy.BillingStatuses;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
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
    private final BilledSubscriptions subscriptions;
    private final Event<CheckoutSuperseded> superseded;

    StartTrial(
            Accounts accounts,
            CurrentCatalog catalog,
            EntitlementGrants grants,
            BilledSubscriptions subscriptions,
            Event<CheckoutSuperseded> superseded) {
        this.subscriptions = subscriptions;
        this.superseded = superseded;
        this.accounts = accounts;
        this.catalog = catalog;
        this.grants = grants;
    }

    /** Returns the trial entitlement of an account, running or ended. */
    public static Optional<Entitlement> trialIn(Standing standing) {
        return standing.findByOrigin(ORIGIN);
    }

    /**
     * Starts the trial of a plan. A payment page that was left open is closed, because paying there would end the trial.
     *
     * @param plan slug of the plan; if empty, the first plan with a trial
     * @throws Problem 409 {@code already-subscribed} or {@code payment-pending} if the account has a subscription; 409
     *     {@code trial-already-used}; 422 {@code no-trial} if the plan has no trial
     */
    public void start(Identity reader, Optional<String> plan, Instant at) {
        QuarkusTransaction.requiringNew().run(() -> {
            Account account = accounts.findByIdentity(reader).orElseThrow(NoAccountProblem::create);
            // serialises with the recording of subscriptions
            accounts.lock(account.id);
            SaleConflict.ofTrial(BillingStatuses.of(subscriptions.ofAccount(account.id)))
                    .ifPresent(conflict -> {
                        throw conflict;
                    });
            if (!grants.grantTrial(account, trialOf(planWithTrial(plan), at))) {
                throw Problem.conflict(
                        "trial-already-used", "Free trial already used", "Each person can use one free trial");
            }
            superseded.fire(new CheckoutSuperseded(account.id, at));
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
