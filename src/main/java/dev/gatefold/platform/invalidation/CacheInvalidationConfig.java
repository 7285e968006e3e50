package dev.gatefold.platform.invalidation;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Settings of cache invalidation between replicas. */
@ConfigMapping(prefix = "gatefold.cache-invalidation")
public interface CacheInvalidationConfig {
    /**
     * Whether replicas are notified of changes at once by PostgreSQL's {@code NOTIFY}. Turn it off behind a connection
     * pooler in transaction mode, which loses notifications: replicas then find changes within half a second.
     */
    @WithDefault("true")
    boolean useNotify();
}
