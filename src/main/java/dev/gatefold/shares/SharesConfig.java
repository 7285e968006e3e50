package dev.gatefold.shares;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;

/** What members may give away. */
@ConfigMapping(prefix = "gatefold.shares")
public interface SharesConfig {
    /** Articles that one member may give away in a month of the calendar (of UTC); 0 turns it off. */
    @WithDefault("10")
    @Min(0)
    int monthlyLimit();

    /** How many devices may open one link: the first ones. More would make of a gift a publication. */
    @WithDefault("5")
    @Min(1)
    @Max(1000)
    int maxDevices();

    /** How long a link is good. */
    @WithDefault("P7D")
    Duration linkLifetime();
}
