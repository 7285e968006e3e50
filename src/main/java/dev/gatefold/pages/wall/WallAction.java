package dev.gatefold.pages.wall;

import dev.gatefold.access.decide.Offer;
import dev.gatefold.access.decide.Offer.OfferKind;
import jakarta.ws.rs.core.UriBuilder;
import java.util.Map;

/**
 * A button of the paywall.
 *
 * @param href URL of the link, or target of the form
 * @param post true for a form, false for a link
 * @param fields hidden fields of the form
 */
record WallAction(String label, String href, boolean post, Map<String, String> fields) {
    private static final String CHECKOUT = "/account/checkout";

    /**
     * Returns the button for an offer.
     *
     * @param article URL to return to afterwards
     * @param idempotencyKey key of this page's checkout, so that pressing the button twice buys once
     */
    static WallAction of(Offer offer, String article, String idempotencyKey, DenialTexts texts) {
        String label = texts.label(offer.kind());
        return switch (offer.kind()) {
            case SIGN_UP ->
                link(offer.trialDays() == null ? label : texts.label(OfferKind.START_TRIAL), "/sign-up", article);
            case SIGN_IN -> link(label, "/sign-in", article);
            case START_TRIAL -> form(label, "/account/trial", Map.of("article", article, "plan", offer.plan()));
            case SUBSCRIBE, RESUBSCRIBE -> form(label, CHECKOUT, checkoutFields(offer, article, idempotencyKey));
            case UPGRADE ->
                offer.href().endsWith("portal")
                        ? form(label, "/account/plan", Map.of("article", article))
                        : form(label, CHECKOUT, checkoutFields(offer, article, idempotencyKey));
            case PAY_NOW -> form(label, "/account/pay", Map.of("article", article));
            case RESUME -> form(label, "/account/resume", Map.of("article", article));
            case UPDATE_PAYMENT -> form(label, "/account/payment-method", Map.of("article", article));
            case WAIT -> throw new IllegalArgumentException("WAIT has no button");
        };
    }

    // a link, because our Content-Security-Policy allows no form that redirects to the issuer
    private static WallAction link(String label, String path, String article) {
        String href = UriBuilder.fromPath(path)
                .queryParam("article", "{article}")
                .build(article)
                .toString();
        return new WallAction(label, href, false, Map.of());
    }

    private static WallAction form(String label, String path, Map<String, String> fields) {
        return new WallAction(label, path, true, fields);
    }

    private static Map<String, String> checkoutFields(Offer offer, String article, String idempotencyKey) {
        return Map.of(
                "article",
                article,
                "plan",
                offer.plan(),
                "interval",
                offer.interval().name(),
                "key",
                idempotencyKey);
    }
}
