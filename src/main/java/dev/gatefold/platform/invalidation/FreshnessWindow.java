package dev.gatefold.platform.invalidation;

import java.time.Duration;

/**
 * A period in which this replica receives every invalidation. Ends when the connection breaks; the next window starts after
 * a gap. Values cached in an earlier window must be read again.
 */
public final class FreshnessWindow {
    /** Maximum age of a value that is served from a cache. */
    public static final Duration MAX_STALENESS = Duration.ofSeconds(1);

    /** In terms of {@link System#nanoTime}: all changes committed earlier have been processed. */
    private volatile long processedUntil;

    FreshnessWindow(long processedUntil) {
        this.processedUntil = processedUntil;
    }

    /** Returns the window of a replica that has received nothing yet. */
    static FreshnessWindow expired() {
        return new FreshnessWindow(System.nanoTime() - MAX_STALENESS.toNanos());
    }

    void processedUntil(long nanos) {
        processedUntil = nanos;
    }

    /** Returns true if values read in this window and not invalidated since are at most one second old. */
    public boolean isFresh() {
        return System.nanoTime() - processedUntil < MAX_STALENESS.toNanos();
    }
}
