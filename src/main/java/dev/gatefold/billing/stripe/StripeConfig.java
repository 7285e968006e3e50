package dev.gatefold.billing.stripe;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Settings of the connection to Stripe.
 *
 * @see StripeSecrets the current values of the API key and the webhook secrets
 */
@ConfigMapping(prefix = "gatefold.stripe")
public interface StripeConfig {
    /** Base URL of Stripe's API. Another value than the default is for tests. */
    @WithDefault("https://api.stripe.com")
    URI apiBase();

    /** Secret or restricted API key. Changes of its secret file take effect without a restart. */
    Optional<String> apiKey();

    /** Signing secrets of the webhook endpoint. Changes of their secret file take effect without a restart. */
    Optional<List<String>> webhookSecrets();

    /** Version of Stripe's API that requests ask for. Configure the webhook endpoint with the same version. */
    @WithDefault("2026-07-29.dahlia")
    String apiVersion();

    /** Whether payments are real. Events and subscriptions of the other mode are ignored. */
    @WithDefault("true")
    boolean livemode();

    /** Time limit for establishing a connection. */
    @WithDefault("2S")
    Duration connectTimeout();

    /** Time limit for a complete call by a worker. */
    @WithDefault("10S")
    Duration timeout();

    /** Time limit for a complete call for which a reader waits. */
    @WithDefault("4S")
    Duration readerTimeout();

    /** Number of workers per replica. Stripe allows 25 calls a second on most endpoints. */
    @WithDefault("8")
    int concurrency();
}
