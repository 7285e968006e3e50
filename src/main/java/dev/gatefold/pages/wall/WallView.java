package dev.gatefold.pages.wall;

import dev.gatefold.access.decide.Decision;
import dev.gatefold.access.decide.Offer;
import dev.gatefold.catalog.rules.Policy;
import dev.gatefold.kernel.Money;
import dev.gatefold.pages.layout.PageMessages;
import dev.gatefold.pages.layout.ViewerFormats;
import dev.gatefold.pages.session.Viewer;
import jakarta.ws.rs.core.UriBuilder;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * What somebody meets who may not read an article: what it is, why, and what to do.
 *
 * @param address of the article, or the source's own reference
 * @param teaser null where nobody has told of the article
 * @param price one line; null where nothing is offered for money
 * @param actions best first
 * @param signIn for who is a member already; null where that is no question, or among the actions
 */
public record WallView(
        String source,
        String address,
        Teaser teaser,
        String headline,
        String text,
        String price,
        List<WallAction> actions,
        WallAction signIn) {
    /**
     * Something to do.
     *
     * @param post whether it changes something, and is a form; a link otherwise
     * @param fields of the form
     */
    record WallAction(String label, String href, boolean post, Map<String, String> fields) {
        /** A link that remembers the article; the issuer's pages, where it leads, are no target for a form of ours. */
        private static WallAction link(String label, String path, String article) {
            String address = UriBuilder.fromPath(path)
                    .queryParam("article", "{article}")
                    .build(article)
                    .toString();
            return new WallAction(label, address, false, Map.of());
        }
    }

    static WallView of(
            Decision decision, Policy policy, Optional<Teaser> teaser, Viewer viewer, ViewerFormats formats) {
        String source = decision.source() == null ? "" : decision.source().name();
        PageMessages words = formats.words();
        // whoever was signed in here before is no stranger: nothing is sold to a member whose session has ended
        boolean signedOut = viewer.reader().isEmpty() && viewer.previouslySignedIn();
        List<Offer> offers = decision.offers().stream()
                .filter(offer -> offer.kind() != Offer.OfferKind.WAIT)
                .filter(offer -> !signedOut || offer.kind() == Offer.OfferKind.SIGN_IN)
                .toList();
        boolean isNew = offers.size() > 1;
        String key = newIdempotencyKey();
        return new WallView(
                source,
                decision.article(),
                teaser.map(it -> it.truncatedTo(decision.leadIn())).orElse(null),
                signedOut && !offers.isEmpty() ? words.signedOut() : headline(decision, source, words),
                signedOut && !offers.isEmpty() ? words.signedOutText() : text(decision, policy, source, formats),
                offers.stream()
                        .filter(offer -> offer.price() != null)
                        .findFirst()
                        .map(offer -> price(offer, decision, formats))
                        .orElse(null),
                offers.stream()
                        .filter(offer -> !isNew || offer.kind() != Offer.OfferKind.SIGN_IN)
                        .map(offer -> action(offer, decision.article(), key, words))
                        .toList(),
                offers.stream()
                        .filter(offer -> isNew && offer.kind() == Offer.OfferKind.SIGN_IN)
                        .findFirst()
                        .map(offer -> action(offer, decision.article(), key, words))
                        .orElse(null));
    }

    private static String headline(Decision decision, String source, PageMessages words) {
        return switch (decision.denyReason()) {
            case SIGN_UP_REQUIRED -> words.signUpRequired();
            case MEMBERSHIP_REQUIRED -> words.membershipRequired();
            case TRIAL_ENDED -> words.trialEnded();
            case MEMBERSHIP_ENDED -> words.membershipEnded();
            case PAYMENT_FAILED -> words.paymentFailed();
            case NOT_IN_PLAN -> words.notInPlan(source);
            case METER_EXHAUSTED -> words.meterExhausted(source);
            case EMBARGOED -> words.embargoed();
            case TERRITORY -> words.territory(source);
            case SOURCE_UNKNOWN -> words.sourceUnknown();
        };
    }

    private static String text(Decision decision, Policy policy, String source, ViewerFormats formats) {
        PageMessages words = formats.words();
        return switch (decision.denyReason()) {
            case SIGN_UP_REQUIRED -> words.signUpRequiredText();
            case MEMBERSHIP_REQUIRED -> words.membershipRequiredText(source);
            case TRIAL_ENDED -> words.trialEndedText(source);
            case MEMBERSHIP_ENDED -> words.membershipEndedText();
            case PAYMENT_FAILED -> words.paymentFailedText();
            case NOT_IN_PLAN -> words.notInPlanText();
            case METER_EXHAUSTED ->
                words.meterExhaustedText(
                        formats.meter(decision.meter(), policy.window()),
                        formats.date(decision.meter().resetsAt()));
            case EMBARGOED -> words.embargoedText();
            case TERRITORY -> words.territoryText();
            case SOURCE_UNKNOWN -> words.sourceUnknownText();
        };
    }

    private static String price(Offer offer, Decision decision, ViewerFormats formats) {
        String price = formats.price(offer.price(), offer.interval());
        return Optional.ofNullable(offer.trialDays())
                .map(days -> formats.words()
                        .priceAfterTrial(
                                formats.money(new Money(0, offer.price().currency())),
                                price,
                                formats.date(decision.asOf().plus(Duration.ofDays(days)))))
                .orElseGet(() -> formats.words().price(price));
    }

    private static WallAction action(Offer offer, String article, String key, PageMessages words) {
        Map<String, String> back = Map.of("article", article);
        return switch (offer.kind()) {
            case SIGN_UP ->
                WallAction.link(
                        offer.trialDays() == null ? words.createAccount() : words.startFree(offer.trialDays()),
                        "/sign-up",
                        article);
            case SIGN_IN -> WallAction.link(words.signIn(), "/sign-in", article);
            case START_TRIAL ->
                new WallAction(
                        words.startFree(offer.trialDays()), "/account/trial", true, with(back, "plan", offer.plan()));
            case SUBSCRIBE -> new WallAction(words.subscribe(), "/account/checkout", true, bought(offer, back, key));
            case RESUBSCRIBE ->
                new WallAction(words.resubscribe(), "/account/checkout", true, bought(offer, back, key));
            case UPGRADE ->
                offer.href().endsWith("portal")
                        ? new WallAction(words.upgrade(), "/account/portal", true, back)
                        : new WallAction(words.upgrade(), "/account/checkout", true, bought(offer, back, key));
            case UPDATE_PAYMENT -> new WallAction(words.updatePayment(), "/account/portal", true, back);
            case WAIT -> throw new IllegalArgumentException("Waiting is nothing to do");
        };
    }

    /** One page is one intention to buy, however often its button is pressed. */
    private static Map<String, String> bought(Offer offer, Map<String, String> back, String key) {
        return Map.of(
                "article", back.get("article"),
                "plan", offer.plan(),
                "interval", offer.interval().name(),
                "key", key);
    }

    private static Map<String, String> with(Map<String, String> fields, String name, String value) {
        return Map.of("article", fields.get("article"), name, value);
    }

    public static String newIdempotencyKey() {
        return UUID.randomUUID().toString();
    }
}
