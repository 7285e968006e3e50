package dev.gatefold.billing.stripe;

import dev.gatefold.billing.queue.ProviderFailure;
import dev.gatefold.kernel.Problem;

/** A call to Stripe that failed. The message never quotes Stripe's, which may contain what a reader typed. */
public final class StripeFailure extends ProviderFailure {
    private static final long serialVersionUID = 1L;

    private final boolean response;
    private final String code;

    /**
     * Creates a failure.
     *
     * @param retryable whether a later attempt is likely to succeed
     * @param response whether Stripe answered, so that the operation was certainly not performed
     * @param cause may be null
     */
    public StripeFailure(String message, boolean retryable, boolean response, Throwable cause) {
        this(message, retryable, response, null, cause);
    }

    /**
     * Creates a failure with Stripe's error code.
     *
     * @param code such as {@code resource_missing}; may be null
     */
    StripeFailure(String message, boolean retryable, boolean response, String code, Throwable cause) {
        super(message, retryable, cause);
        this.response = response;
        this.code = code;
    }

    /** Returns Stripe's error code, or null if there is none. */
    String code() {
        return code;
    }

    /** Returns true if Stripe answered, and false if the operation may have been performed. */
    boolean isResponse() {
        return response;
    }

    /** Returns the exception for a waiting reader: 503 if the failure is temporary, otherwise this one (500). */
    RuntimeException toProblem() {
        return isRetryable() ? Problem.unavailable("payment provider") : this;
    }
}
