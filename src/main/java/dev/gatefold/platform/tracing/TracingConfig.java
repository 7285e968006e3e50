package dev.gatefold.platform.tracing;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** What an operator sets about traces. */
@ConfigMapping(prefix = "gatefold.tracing")
public interface TracingConfig {
    /**
     * Of the many requests that are alike (those that change nothing, such as questions about articles, and reads) the
     * share whose traces are kept: 0.01 is one in a hundred. Of all others each is.
     */
    @WithDefault("0.01")
    double sampleRatio();
}
