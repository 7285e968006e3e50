package dev.gatefold.platform.invalidation;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** What an operator sets about the replicas' hearing of each other. */
@ConfigMapping(prefix = "gatefold.cache-invalidation")
public interface CacheInvalidationConfig {
    /**
     * Whether a change is heard of at once. Off behind a pooler in transaction mode, which loses nudges: then changes are
     * found within half a second.
     */
    @WithDefault("true")
    boolean useNotify();
}
