package dev.gatefold.billing.stripe;

import com.stripe.exception.ApiConnectionException;
import com.stripe.exception.ApiException;
import com.stripe.exception.AuthenticationException;
import com.stripe.exception.RateLimitException;
import com.stripe.exception.StripeException;
import io.quarkus.logging.Log;

/** Translates exceptions of the Stripe SDK. */
final class StripeErrors {
    private static final Integer CONFLICT = 409;

    private StripeErrors() {}

    /** Returns the failure for an exception. It names the status, the error code and the request id only. */
    static StripeFailure failure(StripeException e) {
        String response = e.getStatusCode() + " " + e.getCode() + ", " + e.getRequestId();
        if (CONFLICT.equals(e.getStatusCode())) {
            return new StripeFailure("Stripe is processing another request for the object", true, false, null);
        }
        return switch (e) {
            case ApiConnectionException _ -> new StripeFailure("Stripe cannot be reached", true, false, e);
            case RateLimitException _ -> new StripeFailure("Stripe's rate limit is exceeded", true, false, null);
            case ApiException _ -> new StripeFailure("Stripe failed: " + response, true, true, null);
            // retryable, because a key may be revoked shortly before the new key is configured
            case AuthenticationException _ -> {
                Log.errorf("Stripe rejects the configured API key: %s", response);
                yield new StripeFailure("Stripe rejects the API key: " + response, true, false, null);
            }
            default -> new StripeFailure("Stripe rejected the request: " + response, false, true, e.getCode(), null);
        };
    }
}
