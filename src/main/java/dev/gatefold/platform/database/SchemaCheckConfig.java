package dev.gatefold.platform.database;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Settings of the schema check at start. */
@ConfigMapping(prefix = "gatefold.schema")
public interface SchemaCheckConfig {
    /**
     * How long the service waits at start for the schema version that it needs. Set it below the time after which the
     * platform restarts a service that is not started.
     */
    @WithDefault("90S")
    Duration waitTimeout();
}
