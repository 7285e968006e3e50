package dev.gatefold.access.decide;

import dev.gatefold.access.decide.Offer.OfferKind;
import dev.gatefold.catalog.Catalog;
import dev.gatefold.catalog.model.Plan;
import dev.gatefold.catalog.model.PlanPrice;
import dev.gatefold.catalog.model.Source;
import dev.gatefold.catalog.rules.Gate;
import dev.gatefold.entitlements.Entitlement;
import dev.gatefold.entitlements.EntitlementBasis;
import dev.gatefold.entitlements.Standing;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What to offer to whom, best first: never a trial that was used, never a sale to someone whose payment failed. */
final class OfferSelector {
    private static final String SIGN_UP = "/sign-up";
    private static final String SIGN_IN = "/sign-in";
    private static final String TRIAL = "/v1/me/trial";
    private static final String CHECKOUT = "/v1/me/checkout";
    private static final String PORTAL = "/v1/me/portal";

    private final Catalog catalog;
    private final Reader reader;
    private final Platform surface;
    private final Instant at;

    OfferSelector(Catalog catalog, Reader reader, Platform surface, Instant at) {
        this.catalog = catalog;
        this.reader = reader;
        this.surface = surface;
        this.at = at;
    }

    /** @param gate how the article is closed when its age no longer matters; MEMBERS where it is nobody's */
    List<Offer> select(Reason reason, Standing standing, Optional<Source> source, Gate gate) {
        if (reason.grants()) {
            return List.of();
        }
        Optional<Plan> plan = source.flatMap(catalog::bestPlanFor);
        Stream<Offer> offers = offers(reason, standing, plan)
                // what is for members only afterwards too is not worth waiting for
                .filter(offer ->
                        offer.kind() != OfferKind.WAIT || reason == Reason.METER_EXHAUSTED || gate != Gate.MEMBERS);
        return (surface == Platform.IOS ? offers.map(Offer::withoutPrice) : offers).toList();
    }

    private Stream<Offer> offers(Reason reason, Standing standing, Optional<Plan> plan) {
        return switch (reason) {
            case SIGN_UP_REQUIRED -> Stream.concat(Stream.of(signUp(standing, plan)), signIn());
            case MEMBERSHIP_REQUIRED -> Stream.concat(startTrial(standing, plan), sale(OfferKind.SUBSCRIBE, plan));
            case TRIAL_ENDED -> sale(OfferKind.SUBSCRIBE, plan);
            case MEMBERSHIP_ENDED -> sale(OfferKind.RESUBSCRIBE, plan);
            case PAYMENT_FAILED -> Stream.of(Offer.withoutPlan(OfferKind.UPDATE_PAYMENT, PORTAL));
            case NOT_IN_PLAN -> upgrade(standing, plan);
            case METER_EXHAUSTED, EMBARGOED ->
                Stream.concat(
                        offers(Paywall.reasonForMissingEntitlement(standing, at), standing, plan),
                        Stream.of(Offer.withoutPlan(OfferKind.WAIT, null)));
            case TERRITORY, SOURCE_UNKNOWN -> Stream.of();
            case OPEN,
                    REGISTERED,
                    TRIAL,
                    MEMBER,
                    GRACE,
                    COMPLIMENTARY,
                    GIFT,
                    HOUSEHOLD,
                    PURCHASED,
                    PENDING_PAYMENT,
                    METERED,
                    SHARED_LINK,
                    CRAWLER,
                    FALLBACK -> Stream.of();
        };
    }

    private static Offer signUp(Standing standing, Optional<Plan> plan) {
        return plan.map(it ->
                        priced(OfferKind.SIGN_UP, it, trialDays(standing, it).orElse(null), SIGN_UP))
                .orElseGet(() -> Offer.withoutPlan(OfferKind.SIGN_UP, SIGN_UP));
    }

    /** Not to somebody who is signed in, and only lacks an account. */
    private Stream<Offer> signIn() {
        return reader.identity().isPresent() ? Stream.of() : Stream.of(Offer.withoutPlan(OfferKind.SIGN_IN, SIGN_IN));
    }

    private static Stream<Offer> startTrial(Standing standing, Optional<Plan> plan) {
        return plan
                .flatMap(it -> trialDays(standing, it).map(days -> priced(OfferKind.START_TRIAL, it, days, TRIAL)))
                .stream();
    }

    private static Stream<Offer> sale(OfferKind kind, Optional<Plan> plan) {
        return plan.map(it -> priced(kind, it, null, CHECKOUT)).stream();
    }

    /** Whoever pays for a plan already changes it with the biller; a second subscription is never sold. */
    private Stream<Offer> upgrade(Standing standing, Optional<Plan> plan) {
        Set<EntitlementBasis> held =
                standing.activeMemberships(at).map(Entitlement::basis).collect(Collectors.toSet());
        boolean pays = held.contains(EntitlementBasis.MEMBER) || held.contains(EntitlementBasis.GRACE);
        OfferKind kind = held.equals(Set.of(EntitlementBasis.TRIAL)) ? OfferKind.SUBSCRIBE : OfferKind.UPGRADE;
        return plan.map(it -> priced(kind, it, null, pays ? PORTAL : CHECKOUT)).stream();
    }

    private static Optional<Integer> trialDays(Standing standing, Plan plan) {
        return Optional.of(plan.trialDays()).filter(days -> days > 0 && !standing.trialUsed());
    }

    private static Offer priced(OfferKind kind, Plan plan, Integer trialDays, String href) {
        PlanPrice price = plan.prices().getFirst();
        return new Offer(kind, trialDays, plan.slug(), price.price(), price.interval(), href);
    }
}
