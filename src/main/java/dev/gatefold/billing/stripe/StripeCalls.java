package dev.gatefold.billing.stripe;

import com.stripe.Stripe;
import com.stripe.StripeClient;
import com.stripe.exception.InvalidRequestException;
import com.stripe.exception.StripeException;
import com.stripe.net.RequestOptions;
import com.stripe.service.V1Services;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;

/**
 * Executes calls to Stripe, each once and without retries. A call blocks for at most the timeout of its caller and throws
 * {@link StripeFailure}.
 */
@Singleton
class StripeCalls {
    /** What waits for the response; decides about the timeout. */
    private enum StripeCaller {
        WORKER,
        READER
    }

    /** A call of the SDK. */
    interface StripeOperation<T> {
        T execute(V1Services stripe, RequestOptions options) throws StripeException;
    }

    static {
        // the SDK's telemetry writes an identifier to the home directory and sends it with each request
        Stripe.enableTelemetry = false;
    }

    private static final Integer NOT_FOUND = 404;

    private final V1Services stripe;
    private final StripeConfig config;
    private final StripeSecrets secrets;
    private final ScopedValue<StripeCaller> caller = ScopedValue.newInstance();

    StripeCalls(StripeConfig config, StripeSecrets secrets, StripeThrottle throttle, StripeCallObserver observer) {
        this.config = config;
        this.secrets = secrets;
        this.stripe = StripeClient.builder()
                .setApiKey(secrets.apiKey())
                .setApiBase(config.apiBase().toString())
                .setHttpClient(new StripeTransport(config, throttle, observer))
                .build()
                .v1();
    }

    /** Runs calls for which a reader waits: with the shorter timeout, and with temporary failures as problem 503. */
    <T> T callForReader(ScopedValue.CallableOp<T, RuntimeException> calls) {
        try {
            return ScopedValue.where(caller, StripeCaller.READER).call(calls);
        } catch (StripeFailure failure) {
            throw failure.toProblem();
        }
    }

    /** Executes a read or an operation that may be repeated. */
    <T> T call(StripeOperation<T> operation) {
        return execute(operation, options().build());
    }

    /** Executes an operation that Stripe performs once for each idempotency key. */
    <T> T callOnce(String idempotencyKey, StripeOperation<T> operation) {
        return execute(operation, options().setIdempotencyKey(idempotencyKey).build());
    }

    /** Executes an operation on an object; returns empty if Stripe does not have the object. */
    <T> Optional<T> find(StripeOperation<T> operation) {
        try {
            return Optional.of(operation.execute(stripe, options().build()));
        } catch (InvalidRequestException e) {
            if (NOT_FOUND.equals(e.getStatusCode())) {
                return Optional.empty();
            }
            throw StripeErrors.failure(e);
        } catch (StripeException e) {
            throw StripeErrors.failure(e);
        }
    }

    private <T> T execute(StripeOperation<T> operation, RequestOptions options) {
        try {
            return operation.execute(stripe, options);
        } catch (StripeException e) {
            throw StripeErrors.failure(e);
        }
    }

    private RequestOptions.RequestOptionsBuilder options() {
        Duration timeout = switch (caller.orElse(StripeCaller.WORKER)) {
            case WORKER -> config.timeout();
            case READER -> config.readerTimeout();
        };
        return RequestOptions.builder()
                .setApiKey(secrets.apiKey())
                .setReadTimeout((int) timeout.toMillis())
                .setConnectTimeout((int) config.connectTimeout().toMillis())
                .setMaxNetworkRetries(0);
    }
}
