package dev.gatefold.platform.invalidation;

import java.util.List;

/**
 * A fact: something that replicas hold in memory was changed, here or elsewhere. It may be told twice, and of what nobody
 * holds; what is thrown by whoever hears it has it told again.
 *
 * @param cacheName names the room's own
 * @param version what is known of an older one is no longer so
 */
public record CacheInvalidation(String cacheName, List<String> cacheKey, long version) {
    public CacheInvalidation {
        cacheKey = List.copyOf(cacheKey);
    }
}
