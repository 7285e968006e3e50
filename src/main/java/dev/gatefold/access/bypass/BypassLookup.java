package dev.gatefold.access.bypass;

import java.util.Optional;

/**
 * Result of looking up a bypass in memory.
 *
 * @param isComplete false if only a blocking look-up can find the bypass
 * @param bypass empty if the request has none, or if the look-up is incomplete
 */
public record BypassLookup(boolean isComplete, Optional<Bypass> bypass) {
    public static final BypassLookup NONE = new BypassLookup(true, Optional.empty());

    public static final BypassLookup INCOMPLETE = new BypassLookup(false, Optional.empty());
}
