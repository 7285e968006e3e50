package dev.gatefold.platform.invalidation;

/**
 * CDI event: from now on this replica receives invalidations. It may have missed earlier ones, so that cached values must
 * be read again.
 */
public record FreshnessWindowOpened() {}
