package dev.gatefold.billing.stripe;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What an operator sets about Stripe. */
@ConfigMapping(prefix = "gatefold.stripe")
public interface StripeConfig {
    /** Where Stripe's API is; another address than Stripe's own is for tests. */
    @WithDefault("https://api.stripe.com")
    URI apiBase();

    /** The secret key of the account, as it was at the start; {@link StripeSecrets} knows it as it is. */
    Optional<String> apiKey();

    /** The signing secrets of the webhook endpoint, in the same way. */
    Optional<List<String>> webhookSecrets();

    /** The version in which we speak to Stripe; the endpoint should be set to the same one. */
    @WithDefault("2026-07-29.dahlia")
    String apiVersion();

    /** Whether real money is meant: events and subscriptions of the other mode have no effect. */
    @WithDefault("true")
    boolean livemode();

    /** Until there is a connection; a call that gets none is tried again later. */
    @WithDefault("2S")
    Duration connectTimeout();

    /** For one call of the worker's, from its beginning to its end. */
    @WithDefault("10S")
    Duration timeout();

    /** The same for a call that a reader waits for. */
    @WithDefault("4S")
    Duration readerTimeout();

    /** How many calls are made at once; Stripe allows 25 a second on most endpoints. */
    @WithDefault("8")
    int concurrency();

    /** How often a failing event or subscription is tried again where the failure does not look like it will pass. */
    @WithDefault("5")
    int maxAttempts();

    /** The longest pause between two tries. */
    @WithDefault("30S")
    Duration maxRetryDelay();

    /** How often all subscriptions are compared with Stripe's. */
    @WithDefault("15M")
    Duration reconcileEvery();

    /** How long events are kept after they were handled, for looking things up. */
    @WithDefault("P90D")
    Duration eventRetention();
}
