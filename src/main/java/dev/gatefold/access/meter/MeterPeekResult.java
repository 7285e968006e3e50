package dev.gatefold.access.meter;

import java.util.List;
import java.util.Optional;

/**
 * Result of reading meters.
 *
 * @param tallies in the order of the queries
 * @param accountVersion version of the holder's entitlements, read in the same statement; empty if the holder is a visitor
 */
public record MeterPeekResult(List<MeterTally> tallies, Optional<Long> accountVersion) {}
