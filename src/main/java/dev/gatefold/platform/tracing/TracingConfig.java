package dev.gatefold.platform.tracing;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Settings of traces. */
@ConfigMapping(prefix = "gatefold.tracing")
public interface TracingConfig {
    /**
     * Ratio of exported traces among frequent requests, from 0 to 1: requests that change nothing, such as access
     * decisions, and reads. Other requests are always exported. The default, 0.01, is one in a hundred.
     */
    @WithDefault("0.01")
    double sampleRatio();
}
