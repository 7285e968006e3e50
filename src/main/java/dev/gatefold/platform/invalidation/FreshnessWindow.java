package dev.gatefold.platform.invalidation;

import java.time.Duration;

/** A while in which no change goes unheard. Once it has ended there is another one, with a gap before it. */
public final class FreshnessWindow {
    /** So old may be what is answered from memory, at most. */
    public static final Duration MAX_STALENESS = Duration.ofSeconds(1);

    /** In nanoseconds of the machine's own counter: whatever was changed before has been acted on. */
    private volatile long processedUntil;

    FreshnessWindow(long heardUntil) {
        this.processedUntil = heardUntil;
    }

    /** Of a replica that has heard nothing yet. */
    static FreshnessWindow expired() {
        return new FreshnessWindow(System.nanoTime() - MAX_STALENESS.toNanos());
    }

    void processedUntil(long nanos) {
        processedUntil = nanos;
    }

    /** Whether what was read in this while, and was not told to be changed, was so a second ago at least. */
    public boolean isFresh() {
        return System.nanoTime() - processedUntil < MAX_STALENESS.toNanos();
    }
}
