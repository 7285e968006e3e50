package dev.gatefold.shares;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;

/** Limits for sharing articles. */
@ConfigMapping(prefix = "gatefold.shares")
public interface SharesConfig {
    /** How many articles a member may share in a calendar month (UTC); 0 turns sharing off. */
    @WithDefault("10")
    @Min(0)
    int monthlyLimit();

    /** How many devices may open a link; the first ones are admitted. A high limit allows a link to be published. */
    @WithDefault("5")
    @Min(1)
    @Max(1000)
    int maxDevices();

    /** How long a link works after it was created. */
    @WithDefault("P7D")
    Duration linkLifetime();
}
