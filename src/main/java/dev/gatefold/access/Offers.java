package dev.gatefold.access;

import dev.gatefold.access.Offer.Kind;
import dev.gatefold.catalog.Catalog;
import dev.gatefold.catalog.Gate;
import dev.gatefold.catalog.Plan;
import dev.gatefold.catalog.Price;
import dev.gatefold.catalog.Source;
import dev.gatefold.entitlements.Basis;
import dev.gatefold.entitlements.Right;
import dev.gatefold.entitlements.Standing;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What to offer to whom, best first: never a trial that was used, never a sale to someone whose payment failed. */
final class Offers {
    private static final String SIGN_UP = "/sign-up";
    private static final String SIGN_IN = "/sign-in";
    private static final String TRIAL = "/v1/me/trial";
    private static final String CHECKOUT = "/v1/me/checkout";
    private static final String PORTAL = "/v1/me/portal";

    private final Catalog catalog;
    private final Reader reader;
    private final Surface surface;
    private final Instant at;

    Offers(Catalog catalog, Reader reader, Surface surface, Instant at) {
        this.catalog = catalog;
        this.reader = reader;
        this.surface = surface;
        this.at = at;
    }

    /** @param gate how the article is closed when its age no longer matters; MEMBERS where it is nobody's */
    List<Offer> to(Reason reason, Standing standing, Optional<Source> source, Gate gate) {
        if (reason.grants()) {
            return List.of();
        }
        Optional<Plan> plan = source.flatMap(catalog::bestFor);
        Stream<Offer> offers = offers(reason, standing, plan)
                // what is for members only afterwards too is not worth waiting for
                .filter(offer -> offer.kind() != Kind.WAIT || reason == Reason.METER_EXHAUSTED || gate != Gate.MEMBERS);
        return (surface == Surface.IOS ? offers.map(Offer::withoutPrice) : offers).toList();
    }

    private Stream<Offer> offers(Reason reason, Standing standing, Optional<Plan> plan) {
        return switch (reason) {
            case SIGN_UP_REQUIRED -> Stream.concat(Stream.of(signUp(standing, plan)), signIn());
            case MEMBERSHIP_REQUIRED -> Stream.concat(startTrial(standing, plan), sale(Kind.SUBSCRIBE, plan));
            case TRIAL_ENDED -> sale(Kind.SUBSCRIBE, plan);
            case MEMBERSHIP_ENDED -> sale(Kind.RESUBSCRIBE, plan);
            case PAYMENT_FAILED -> Stream.of(Offer.plain(Kind.UPDATE_PAYMENT, PORTAL));
            case NOT_IN_PLAN -> upgrade(standing, plan);
            case METER_EXHAUSTED, EMBARGOED ->
                Stream.concat(
                        offers(Paywall.lack(standing, at), standing, plan), Stream.of(Offer.plain(Kind.WAIT, null)));
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
        return plan.map(it -> priced(Kind.SIGN_UP, it, trialDays(standing, it).orElse(null), SIGN_UP))
                .orElseGet(() -> Offer.plain(Kind.SIGN_UP, SIGN_UP));
    }

    /** Not to somebody who is signed in, and only lacks an account. */
    private Stream<Offer> signIn() {
        return reader.identity().isPresent() ? Stream.of() : Stream.of(Offer.plain(Kind.SIGN_IN, SIGN_IN));
    }

    private static Stream<Offer> startTrial(Standing standing, Optional<Plan> plan) {
        return plan
                .flatMap(it -> trialDays(standing, it).map(days -> priced(Kind.START_TRIAL, it, days, TRIAL)))
                .stream();
    }

    private static Stream<Offer> sale(Kind kind, Optional<Plan> plan) {
        return plan.map(it -> priced(kind, it, null, CHECKOUT)).stream();
    }

    /** Whoever pays for a plan already changes it with the biller; a second subscription is never sold. */
    private Stream<Offer> upgrade(Standing standing, Optional<Plan> plan) {
        Set<Basis> held = standing.memberships(at).map(Right::basis).collect(Collectors.toSet());
        boolean pays = held.contains(Basis.MEMBER) || held.contains(Basis.GRACE);
        Kind kind = held.equals(Set.of(Basis.TRIAL)) ? Kind.SUBSCRIBE : Kind.UPGRADE;
        return plan.map(it -> priced(kind, it, null, pays ? PORTAL : CHECKOUT)).stream();
    }

    private static Optional<Integer> trialDays(Standing standing, Plan plan) {
        return Optional.of(plan.trialDays()).filter(days -> days > 0 && !standing.trialTaken());
    }

    private static Offer priced(Kind kind, Plan plan, Integer trialDays, String href) {
        Price price = plan.prices().getFirst();
        return new Offer(kind, trialDays, plan.slug(), price.price(), price.interval(), href);
    }
}
