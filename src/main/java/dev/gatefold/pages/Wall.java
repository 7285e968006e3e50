package dev.gatefold.pages;

import dev.gatefold.access.Decision;
import dev.gatefold.access.Offer;
import dev.gatefold.catalog.Policy;
import dev.gatefold.kernel.Money;
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
record Wall(
        String source,
        String address,
        Teaser teaser,
        String headline,
        String text,
        String price,
        List<Action> actions,
        Action signIn) {
    /**
     * Something to do.
     *
     * @param post whether it changes something, and is a form; a link otherwise
     * @param fields of the form
     */
    record Action(String label, String href, boolean post, Map<String, String> fields) {
        /** A link that remembers the article; the issuer's pages, where it leads, are no target for a form of ours. */
        private static Action link(String label, String path, String article) {
            String address = UriBuilder.fromPath(path)
                    .queryParam("article", "{article}")
                    .build(article)
                    .toString();
            return new Action(label, address, false, Map.of());
        }
    }

    static Wall of(Decision decision, Policy policy, Optional<Teaser> teaser, Viewer viewer, Formats formats) {
        String source = decision.source() == null ? "" : decision.source().name();
        Words words = formats.words();
        // whoever was signed in here before is no stranger: nothing is sold to a member whose session has ended
        boolean signedOut = viewer.reader().isEmpty() && viewer.known();
        List<Offer> offers = decision.offers().stream()
                .filter(offer -> offer.kind() != Offer.Kind.WAIT)
                .filter(offer -> !signedOut || offer.kind() == Offer.Kind.SIGN_IN)
                .toList();
        boolean isNew = offers.size() > 1;
        String key = key();
        return new Wall(
                source,
                decision.article(),
                teaser.map(it -> it.within(decision.leadIn())).orElse(null),
                signedOut && !offers.isEmpty() ? words.signedOut() : headline(decision, source, words),
                signedOut && !offers.isEmpty() ? words.signedOutText() : text(decision, policy, source, formats),
                offers.stream()
                        .filter(offer -> offer.price() != null)
                        .findFirst()
                        .map(offer -> price(offer, decision, formats))
                        .orElse(null),
                offers.stream()
                        .filter(offer -> !isNew || offer.kind() != Offer.Kind.SIGN_IN)
                        .map(offer -> action(offer, decision.article(), key, words))
                        .toList(),
                offers.stream()
                        .filter(offer -> isNew && offer.kind() == Offer.Kind.SIGN_IN)
                        .findFirst()
                        .map(offer -> action(offer, decision.article(), key, words))
                        .orElse(null));
    }

    private static String headline(Decision decision, String source, Words words) {
        return switch (decision.reason()) {
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
                    FALLBACK -> throw new IllegalArgumentException("There is no wall for " + decision.reason());
        };
    }

    private static String text(Decision decision, Policy policy, String source, Formats formats) {
        Words words = formats.words();
        return switch (decision.reason()) {
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
            default -> words.sourceUnknownText();
        };
    }

    private static String price(Offer offer, Decision decision, Formats formats) {
        String price = formats.price(offer.price(), offer.interval());
        return Optional.ofNullable(offer.trialDays())
                .map(days -> formats.words()
                        .priceAfterTrial(
                                formats.money(new Money(0, offer.price().currency())),
                                price,
                                formats.date(decision.asOf().plus(Duration.ofDays(days)))))
                .orElseGet(() -> formats.words().price(price));
    }

    private static Action action(Offer offer, String article, String key, Words words) {
        Map<String, String> back = Map.of("article", article);
        return switch (offer.kind()) {
            case SIGN_UP ->
                Action.link(
                        offer.trialDays() == null ? words.createAccount() : words.startFree(offer.trialDays()),
                        "/sign-up",
                        article);
            case SIGN_IN -> Action.link(words.signIn(), "/sign-in", article);
            case START_TRIAL ->
                new Action(
                        words.startFree(offer.trialDays()), "/account/trial", true, with(back, "plan", offer.plan()));
            case SUBSCRIBE -> new Action(words.subscribe(), "/account/checkout", true, bought(offer, back, key));
            case RESUBSCRIBE -> new Action(words.resubscribe(), "/account/checkout", true, bought(offer, back, key));
            case UPGRADE ->
                offer.href().endsWith("portal")
                        ? new Action(words.upgrade(), "/account/portal", true, back)
                        : new Action(words.upgrade(), "/account/checkout", true, bought(offer, back, key));
            case UPDATE_PAYMENT -> new Action(words.updatePayment(), "/account/portal", true, back);
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

    static String key() {
        return UUID.randomUUID().toString();
    }
}
