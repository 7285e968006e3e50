package dev.gatefold.sandbox.demo;

import dev.gatefold.catalog.model.Plan;
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
    ANN("ACTIVE", EntitlementBasis.MEMBER, -10, 20),
    BEN("TRIAL", EntitlementBasis.TRIAL, -4, 10),
    CLEO("GRACE"),
    DAN("ENDED", EntitlementBasis.TRIAL, -20, -6),
    EVE("ENDED", EntitlementBasis.MEMBER, -40, -10),
    FAY("PAST_DUE"),
    GUS("NONE"),
    HAL("NONE"),
    IVY("ACTIVE", EntitlementBasis.MEMBER, -10, 20),
    JON("TRIAL"),
    KIM("CANCELING"),
    LEO("PAUSED"),
    MIA("PENDING"),
    NOA("ACTIVE"),
    OLI("ACTIVE"),
    PIA("PAST_DUE"),
    QUIN("ACTIVE", EntitlementBasis.COMPLIMENTARY, -10, 355),
    SAM("NONE"),
    SUE("NONE"),
    ADA("NONE");

    private final String state;
    private final EntitlementBasis basis;
    private final int fromDay;
    private final int untilDay;

    /** Days are relative to the start of the UTC day on which the service starts. */
    DemoPersona(String state, EntitlementBasis basis, int fromDay, int untilDay) {
        this.state = state;
        this.basis = basis;
        this.fromDay = fromDay;
        this.untilDay = untilDay;
    }

    DemoPersona(String state) {
        this(state, null, 0, 0);
    }

    /** Returns the membership state, as in {@code GET /v1/me/membership}. */
    String state() {
        return state;
    }

    /** Returns a phrase that follows the name in lists, in English. */
    String description() {
        return user().description();
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

    /** Returns true if the reader has bought a subscription. */
    boolean hasSubscription() {
        return switch (this) {
            case ANN, CLEO, EVE, FAY, IVY, JON, KIM, LEO, MIA, NOA, OLI, PIA -> true;
            case BEN, DAN, GUS, HAL, QUIN, SAM, SUE, ADA -> false;
        };
    }

    /** Returns true if the state needs a subscription, so that an entitlement alone cannot stand in for it. */
    boolean requiresSubscription() {
        return hasSubscription() && basis == null;
    }

    /** Returns the entitlement that puts the reader into this state without a subscription; empty if there is none. */
    Optional<Entitlement> entitlement(List<Plan> plans, Instant today) {
        Plan plan = this == IVY ? plans.getLast() : plans.getFirst();
        return Optional.ofNullable(basis)
                .map(it -> Entitlement.forPlan(
                        it,
                        it == EntitlementBasis.TRIAL ? "trial" : DemoReaders.ORIGIN,
                        plan.slug(),
                        new Term(
                                today.plus(fromDay, ChronoUnit.DAYS),
                                Optional.of(today.plus(untilDay, ChronoUnit.DAYS)))));
    }
}
