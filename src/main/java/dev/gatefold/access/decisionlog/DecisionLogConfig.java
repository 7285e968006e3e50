package dev.gatefold.access.decisionlog;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Min;
import java.time.Duration;

/** What is kept of the answers. */
@ConfigMapping(prefix = "gatefold.decision-log")
public interface DecisionLogConfig {
    /**
     * So many decisions are recorded in a second by one replica, some more at once after a quiet while; the others are
     * only counted. 0 records none.
     */
    @WithDefault("20")
    @Min(0)
    int samplesPerSecond();

    /** How long a recorded decision is kept. Policies are tried on those that are there. */
    @WithDefault("P14D")
    Duration retention();
}
