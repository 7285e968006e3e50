package dev.gatefold.decisionlog;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Min;
import java.time.Duration;

/** Settings of the decision samples. */
@ConfigMapping(prefix = "gatefold.decision-log")
public interface DecisionLogConfig {
    /**
     * Average number of decisions per second that one replica samples. After a quiet minute, up to 60 seconds' worth can be
     * sampled at once. Decisions beyond are counted, but not sampled. 0 turns sampling off.
     */
    @WithDefault("20")
    @Min(0)
    int samplesPerSecond();

    /** Time after which samples are deleted. Dry runs of policies cannot look back further. */
    @WithDefault("P14D")
    Duration retention();
}
