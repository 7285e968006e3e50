package dev.gatefold.telemetry;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** What an operator sets about traces. */
@ConfigMapping(prefix = "gatefold.traces")
public interface TracesConfig {
    /**
     * Of the requests that change nothing, such as questions about articles, the share that is traced: 0.01 is one in a
     * hundred. All others are traced.
     */
    @WithDefault("0.01")
    double share();
}
