package dev.gatefold.platform.database;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** What an operator sets about a start. */
@ConfigMapping(prefix = "gatefold.schema")
public interface SchemaCheckConfig {
    /** How long a start waits for a schema that is new enough; shorter than whatever starts it waits for the start. */
    @WithDefault("90S")
    Duration waitTimeout();
}
