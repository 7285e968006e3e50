package dev.gatefold.billing.stripe;

import dev.gatefold.kernel.Problem;

/** Stripe could not be asked, or refused. The message is ours: Stripe's may quote what readers typed. */
public final class StripeFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final boolean passing;
    private final boolean answer;

    /**
     * @param passing whether trying again later is likely to help: Stripe is away, busy or slow, rather than right
     * @param answer whether Stripe has answered, so that nothing was done
     */
    public StripeFailure(String message, boolean passing, boolean answer, Throwable cause) {
        super(message, cause);
        this.passing = passing;
        this.answer = answer;
    }

    public boolean isRetryable() {
        return passing;
    }

    boolean isResponse() {
        return answer;
    }

    /** For a reader who waits: what we cannot say to Stripe correctly is our own failure. */
    public RuntimeException toProblem() {
        return passing ? Problem.unavailable("payment provider") : this;
    }
}
