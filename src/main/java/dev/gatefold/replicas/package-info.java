/**
 * What one replica changes, the others know within a second. The database writes down what was changed, in the table
 * {@code change}, which this room owns, and nudges every replica; a nudge says "look" and nothing else, and each replica
 * looks twice a second anyway. What a room holds in memory it may answer from while {@link dev.gatefold.replicas.Hearing}
 * lasts, and else for a second. Does not know what the rooms hold. Its facts:
 * {@link dev.gatefold.replicas.Changed}, {@link dev.gatefold.replicas.HearingBegan}.
 */
package dev.gatefold.replicas;
