package dev.gatefold.platform.invalidation;

import java.util.List;

/**
 * CDI event: a value that replicas may cache has changed, on this replica or another. May arrive twice, and for values that
 * are not cached. If an observer throws, the event is fired again.
 *
 * @param cacheName name of the cache, defined by the module that owns it
 * @param cacheKey key of the changed value, in the parts that the owner of the cache defines
 * @param version version of the changed value; cached values of lower versions are outdated
 */
public record CacheInvalidation(String cacheName, List<String> cacheKey, long version) {
    public CacheInvalidation {
        cacheKey = List.copyOf(cacheKey);
    }
}
