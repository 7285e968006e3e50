package dev.gatefold.platform.invalidation;

/** A fact: from now on changes are heard; of what was changed before, some may not have been. */
public record FreshnessWindowOpened() {}
