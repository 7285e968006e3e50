package dev.gatefold.billing.stripe;

import com.stripe.model.Price;
import com.stripe.model.checkout.Session;
import com.stripe.param.PriceListParams;
import com.stripe.param.checkout.SessionCreateParams;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;

/** Calls to Stripe about checkout sessions and prices. All methods block and throw {@link StripeFailure}. */
@Singleton
class StripeCheckoutApi {
    private final StripeCalls calls;

    StripeCheckoutApi(StripeCalls calls) {
        this.calls = calls;
    }

    Session create(SessionCreateParams params, String idempotencyKey) {
        return calls.callOnce(
                idempotencyKey,
                (stripe, options) -> stripe.checkout().sessions().create(params, options));
    }

    Optional<Session> find(String id) {
        return calls.find((stripe, options) -> stripe.checkout().sessions().retrieve(id, options));
    }

    /** Expires an open session. Stripe rejects the call for a session in another state. */
    Session expire(String id, String idempotencyKey) {
        return calls.callOnce(
                idempotencyKey,
                (stripe, options) -> stripe.checkout().sessions().expire(id, options));
    }

    /**
     * Fetches the active prices with these lookup keys.
     *
     * @param lookupKeys at most ten; Stripe gives each key to one price at most
     */
    List<Price> findActivePrices(List<String> lookupKeys) {
        var params = PriceListParams.builder()
                .addAllLookupKey(lookupKeys)
                .setActive(true)
                .setLimit((long) lookupKeys.size())
                .build();
        return calls.call(
                (stripe, options) -> stripe.prices().list(params, options).getData());
    }
}
