package dev.gatefold.access.decide;

import dev.gatefold.access.DenyReason;
import dev.gatefold.access.decide.Offer.OfferKind;
import dev.gatefold.catalog.Catalog;
import dev.gatefold.catalog.model.Plan;
import dev.gatefold.catalog.model.PlanPrice;
import dev.gatefold.catalog.model.Source;
import dev.gatefold.catalog.rules.Gate;
import dev.gatefold.entitlements.BillingStatus;
import dev.gatefold.entitlements.Entitlement;
import dev.gatefold.entitlements.EntitlementBasis;
import dev.gatefold.entitlements.Standing;
import dev.gatefold.web.endpoint.EndpointLinks;
import dev.gatefold.web.endpoint.LinkTarget;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Selects the offers for a denial, best first. A trial that was used is never offered, and nothing is sold to a reader who
 * has a live subscription.
 */
final class OfferSelector {
    private final Catalog catalog;
    private final EndpointLinks links;
    private final Reader reader;
    private final Platform platform;
    private final Instant at;

    OfferSelector(Catalog catalog, EndpointLinks links, Reader reader, Platform platform, Instant at) {
        this.catalog = catalog;
        this.links = links;
        this.reader = reader;
        this.platform = platform;
        this.at = at;
    }

    /** @param gate gate of the policy in force, regardless of the article's age; MEMBERS if the source is unknown */
    List<Offer> select(DenyReason reason, Standing standing, Optional<Source> source, Gate gate) {
        Optional<Plan> plan = source.flatMap(catalog::bestPlanFor);
        // waiting for the end of an embargo is no offer if the article then is for members only
        boolean canWait = reason == DenyReason.METER_EXHAUSTED || gate != Gate.MEMBERS;
        Stream<Offer> offers =
                offers(reason, standing, plan).filter(offer -> canWait || offer.kind() != OfferKind.WAIT);
        return (platform == Platform.IOS ? offers.map(Offer::withoutPrice) : offers).toList();
    }

    private Stream<Offer> offers(DenyReason reason, Standing standing, Optional<Plan> plan) {
        return switch (reason) {
            case SIGN_UP_REQUIRED -> Stream.concat(Stream.of(signUp(standing, plan)), signIn());
            case MEMBERSHIP_REQUIRED ->
                Stream.concat(startTrial(standing, plan), sale(OfferKind.SUBSCRIBE, standing, plan));
            case TRIAL_ENDED -> sale(OfferKind.SUBSCRIBE, standing, plan);
            case MEMBERSHIP_ENDED -> sale(OfferKind.RESUBSCRIBE, standing, plan);
            case PAYMENT_FAILED, PAYMENT_PENDING, PAUSED -> paymentSteps(standing.billing());
            case NOT_IN_PLAN -> upgrade(standing, plan);
            case METER_EXHAUSTED, EMBARGOED ->
                Stream.concat(
                        offers(Paywall.reasonForMissingEntitlement(standing, at), standing, plan),
                        Stream.of(Offer.withoutPlan(OfferKind.WAIT, null)));
            case TERRITORY, SOURCE_UNKNOWN -> Stream.of();
        };
    }

    private Offer signUp(Standing standing, Optional<Plan> plan) {
        return plan.map(it ->
                        priced(OfferKind.SIGN_UP, it, trialDays(standing, it).orElse(null), LinkTarget.SIGN_UP))
                .orElseGet(() -> Offer.withoutPlan(OfferKind.SIGN_UP, links.path(LinkTarget.SIGN_UP)));
    }

    /** Offers nothing to a reader who is signed in at the issuer and only lacks an account. */
    private Stream<Offer> signIn() {
        return reader.identity().isPresent()
                ? Stream.of()
                : Stream.of(Offer.withoutPlan(OfferKind.SIGN_IN, links.path(LinkTarget.SIGN_IN)));
    }

    private Stream<Offer> paymentSteps(BillingStatus billing) {
        return billing.steps().stream().map(step -> switch (step) {
            case PAY_NOW -> payNow();
            case UPDATE_PAYMENT -> updatePayment();
            case RESUME -> resume();
        });
    }

    private Offer payNow() {
        return Offer.withoutPlan(OfferKind.PAY_NOW, links.path(LinkTarget.PAY_OPEN_INVOICE));
    }

    private Offer updatePayment() {
        return Offer.withoutPlan(OfferKind.UPDATE_PAYMENT, links.path(LinkTarget.BILLING_PORTAL));
    }

    private Offer resume() {
        return Offer.withoutPlan(OfferKind.RESUME, links.path(LinkTarget.RESUME_SUBSCRIPTION));
    }

    private Stream<Offer> startTrial(Standing standing, Optional<Plan> plan) {
        return plan
                .flatMap(it -> trialDays(standing, it)
                        .map(days -> priced(OfferKind.START_TRIAL, it, days, LinkTarget.START_TRIAL)))
                .stream();
    }

    /** Sells nothing to a reader with a live subscription. */
    private Stream<Offer> sale(OfferKind kind, Standing standing, Optional<Plan> plan) {
        return standing.billing() == BillingStatus.NONE
                ? plan.map(it -> priced(kind, it, null, LinkTarget.CHECKOUT)).stream()
                : paymentSteps(standing.billing());
    }

    /** Offers a plan that opens the article to a reader whose entitlements do not. */
    private Stream<Offer> upgrade(Standing standing, Optional<Plan> plan) {
        return switch (standing.billing()) {
            case NONE -> {
                Set<EntitlementBasis> active =
                        standing.activeMemberships(at).map(Entitlement::basis).collect(Collectors.toSet());
                OfferKind kind =
                        active.equals(Set.of(EntitlementBasis.TRIAL)) ? OfferKind.SUBSCRIBE : OfferKind.UPGRADE;
                yield sale(kind, standing, plan);
            }
            // a second subscription is never sold
            case CURRENT -> plan.map(it -> priced(OfferKind.UPGRADE, it, null, LinkTarget.BILLING_PORTAL)).stream();
            case PENDING,
                    FIRST_INVOICE_OPEN,
                    OVERDUE,
                    PAYMENT_IN_PROGRESS,
                    UNCOLLECTED,
                    PAUSED,
                    RESUMPTION_UNPAID,
                    REVERSED -> paymentSteps(standing.billing());
        };
    }

    private static Optional<Integer> trialDays(Standing standing, Plan plan) {
        return Optional.of(plan.trialDays())
                .filter(days -> days > 0 && !standing.trialUsed() && standing.billing() == BillingStatus.NONE);
    }

    private Offer priced(OfferKind kind, Plan plan, Integer trialDays, LinkTarget target) {
        PlanPrice price = plan.prices().getFirst();
        Offer offer = new Offer(kind, trialDays, plan.slug(), price.price(), price.interval(), links.path(target));
        return price.price() == null ? offer.withoutPrice() : offer;
    }
}
