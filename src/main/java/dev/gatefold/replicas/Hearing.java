package dev.gatefold.replicas;

import java.time.Duration;

/** A while in which no change goes unheard. Once it has ended there is another one, with a gap before it. */
public final class Hearing {
    /** So old may be what is answered from memory, at most. */
    public static final Duration PROMISE = Duration.ofSeconds(1);

    /** In nanoseconds of the machine's own counter: whatever was changed before has been acted on. */
    private volatile long heardUntil;

    Hearing(long heardUntil) {
        this.heardUntil = heardUntil;
    }

    /** Of a replica that has heard nothing yet. */
    static Hearing none() {
        return new Hearing(System.nanoTime() - PROMISE.toNanos());
    }

    void heardUntil(long nanos) {
        heardUntil = nanos;
    }

    /** Whether what was read in this while, and was not told to be changed, was so a second ago at least. */
    public boolean lasts() {
        return System.nanoTime() - heardUntil < PROMISE.toNanos();
    }
}
