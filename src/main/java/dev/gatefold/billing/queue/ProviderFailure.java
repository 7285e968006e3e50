package dev.gatefold.billing.queue;

/** A call to a billing provider that failed. The message is shown to operators and contains no personal data. */
public class ProviderFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final boolean retryable;

    /**
     * Creates a failure.
     *
     * @param retryable whether a later attempt is likely to succeed, for example after an outage or a timeout
     * @param cause may be null
     */
    public ProviderFailure(String message, boolean retryable, Throwable cause) {
        super(message, cause);
        this.retryable = retryable;
    }

    /** Returns true if a later attempt is likely to succeed. */
    public boolean isRetryable() {
        return retryable;
    }
}
