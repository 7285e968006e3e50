/**
 * What one replica changes, the others know within a second. Triggers write down what was changed, in the table
 * {@code cache_invalidation}, which this room owns, and nudge every replica; a nudge says "look" and nothing else, may be lost or come
 * twice, and each replica looks twice a second anyway. A look is exact: it asks for what the snapshot of the last one had
 * not seen. What a room has read it may hold for long while its {@link dev.gatefold.platform.invalidation.FreshnessWindow} lasts, and else for a
 * second. Does not know what the rooms hold. Its facts: {@link dev.gatefold.platform.invalidation.CacheInvalidation},
 * {@link dev.gatefold.platform.invalidation.FreshnessWindowOpened}.
 */
package dev.gatefold.platform.invalidation;
