package dev.gatefold.pages.wall;

import dev.gatefold.access.decide.Decision;
import dev.gatefold.access.decide.Offer;
import dev.gatefold.access.decide.Offer.OfferKind;
import dev.gatefold.catalog.rules.Policy;
import dev.gatefold.pages.layout.ViewerFormats;
import dev.gatefold.pages.session.Viewer;
import dev.gatefold.web.http.IdempotencyKey;
import java.util.List;
import java.util.Optional;

/**
 * The paywall before an article: why the reader cannot read it, and what they can do.
 *
 * @param source name of the source; empty if unknown
 * @param address canonical URL of the article, or the source's own reference
 * @param teaser null if the reader app passed none
 * @param price one line with the terms of the best offer; null if no offer has a price or a free trial
 * @param actions best first; may be empty
 * @param signIn link for readers with an account; null if signing in does not help or is among the actions
 */
record WallView(
        String source,
        String address,
        Teaser teaser,
        String headline,
        String text,
        String price,
        List<WallAction> actions,
        WallAction signIn) {
    static WallView of(
            Decision decision, Policy policy, Optional<Teaser> teaser, Viewer viewer, ViewerFormats formats) {
        String source = decision.source() == null ? "" : decision.source().name();
        List<Offer> offers = offers(decision, viewer);
        DenialTexts texts = new DenialTexts(formats);
        WallMessages messages = formats.messages(WallMessages.class);
        boolean signedOut = isSignedOut(viewer) && !offers.isEmpty();
        // beside other offers, signing in is a line below the buttons
        boolean signInBelow = offers.size() > 1;
        String key = IdempotencyKey.random();
        return new WallView(
                source,
                decision.article(),
                teaser.map(it -> it.truncatedTo(decision.leadIn())).orElse(null),
                signedOut ? messages.signedOut() : texts.headline(decision, source),
                signedOut ? messages.signedOutText() : texts.explanation(decision, policy, source),
                price(offers, formats),
                offers.stream()
                        .filter(offer -> !signInBelow || offer.kind() != OfferKind.SIGN_IN)
                        .map(offer -> WallAction.of(offer, decision.article(), key, texts))
                        .toList(),
                offers.stream()
                        .filter(offer -> signInBelow && offer.kind() == OfferKind.SIGN_IN)
                        .findFirst()
                        .map(offer -> WallAction.of(offer, decision.article(), key, texts))
                        .orElse(null));
    }

    /** Only sign-in is offered after a sign-out: the reader may be a member already. */
    private static List<Offer> offers(Decision decision, Viewer viewer) {
        return decision.offers().stream()
                .filter(offer -> offer.kind() != OfferKind.WAIT)
                .filter(offer -> !isSignedOut(viewer) || offer.kind() == OfferKind.SIGN_IN)
                .toList();
    }

    private static boolean isSignedOut(Viewer viewer) {
        return viewer.reader().isEmpty() && viewer.previouslySignedIn();
    }

    private static String price(List<Offer> offers, ViewerFormats formats) {
        return offers.stream()
                .filter(offer -> offer.price() != null || offer.trialDays() != null)
                .findFirst()
                .map(offer -> price(offer, formats))
                .orElse(null);
    }

    private static String price(Offer offer, ViewerFormats formats) {
        if (offer.price() == null) {
            return formats.freeTrial(offer.trialDays());
        }
        WallMessages messages = formats.messages(WallMessages.class);
        String price = formats.price(offer.price(), offer.interval());
        return Optional.ofNullable(offer.trialDays())
                .map(days -> messages.priceAfterTrial(formats.freeTrial(days), price))
                .orElseGet(() -> messages.price(price));
    }
}
