package dev.gatefold.billing.queue;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Settings of the billing queue, the same for every provider. */
@ConfigMapping(prefix = "gatefold.billing")
public interface BillingConfig {
    /** How often an event or subscription is tried if the failure is not temporary. */
    @WithDefault("5")
    int maxAttempts();

    /** The longest delay between two attempts. */
    @WithDefault("30S")
    Duration maxRetryDelay();

    /** How often all subscriptions are compared with those of the provider. */
    @WithDefault("15M")
    Duration reconcileEvery();

    /** How long events are stored after they were handled. */
    @WithDefault("P90D")
    Duration eventRetention();
}
