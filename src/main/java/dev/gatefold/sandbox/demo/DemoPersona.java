package dev.gatefold.sandbox.demo;

import dev.gatefold.catalog.model.Plan;
import dev.gatefold.entitlements.BillingStatus;
import dev.gatefold.entitlements.Entitlement;
import dev.gatefold.entitlements.EntitlementBasis;
import dev.gatefold.kernel.Term;
import dev.gatefold.sandbox.issuer.SandboxUser;
import dev.gatefold.sandbox.issuer.SandboxUsers;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A demo reader, service or staff member: a user of the development issuer with a membership state. */
enum DemoPersona {
    ANN("ACTIVE", "a member", EntitlementBasis.MEMBER, -10, 20),
    BEN("TRIAL", "in the free trial", EntitlementBasis.TRIAL, -4, 10),
    CLEO("GRACE", "payment failed, in the grace period", EntitlementBasis.GRACE, -3, 11),
    DAN("ENDED", "trial has ended", EntitlementBasis.TRIAL, -20, -6),
    EVE("ENDED", "former member", EntitlementBasis.MEMBER, -40, -10),
    FAY("ENDED", "payment failed, grace period has ended", EntitlementBasis.GRACE, -20, -6),
    GUS("NONE", "signed up, no membership"),
    HAL("NONE", "not signed up"),
    IVY("ACTIVE", "a member of the smaller plan", EntitlementBasis.MEMBER, -10, 20),
    SAM("NONE", "a service"),
    SUE("NONE", "support staff"),
    ADA("NONE", "an administrator");

    private final String state;
    private final String description;
    private final EntitlementBasis basis;
    private final int fromDay;
    private final int untilDay;

    /** Days are relative to the start of the UTC day on which the service starts. */
    DemoPersona(String state, String description, EntitlementBasis basis, int fromDay, int untilDay) {
        this.state = state;
        this.description = description;
        this.basis = basis;
        this.fromDay = fromDay;
        this.untilDay = untilDay;
    }

    DemoPersona(String state, String description) {
        this(state, description, null, 0, 0);
    }

    /** Returns the membership state, as in {@code GET /v1/me/membership}. */
    String state() {
        return state;
    }

    /** Returns a phrase that follows the name in lists, in English. */
    String description() {
        return description;
    }

    SandboxUser user() {
        return SandboxUsers.find(name().toLowerCase(Locale.ROOT)).orElseThrow();
    }

    /** Returns true for readers, who can sign in to the pages; false for services and staff. */
    boolean isReader() {
        return user().roles().isEmpty();
    }

    boolean hasAccount() {
        return isReader() && this != HAL;
    }

    /** Returns the billing status that the state implies. */
    BillingStatus billing() {
        return switch (this) {
            case CLEO, FAY -> BillingStatus.OVERDUE;
            case ANN, BEN, DAN, EVE, GUS, HAL, IVY, SAM, SUE, ADA -> BillingStatus.NONE;
        };
    }

    /** Returns the entitlement that puts the reader into this state; empty if the state needs none. */
    Optional<Entitlement> entitlement(List<Plan> plans, Instant today) {
        Plan plan = this == IVY ? plans.getLast() : plans.getFirst();
        return Optional.ofNullable(basis)
                .map(it -> Entitlement.forPlan(
                        it,
                        it == EntitlementBasis.TRIAL ? "trial" : "demo",
                        plan.slug(),
                        new Term(
                                today.plus(fromDay, ChronoUnit.DAYS),
                                Optional.of(today.plus(untilDay, ChronoUnit.DAYS)))));
    }
}
