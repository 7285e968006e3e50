package dev.gatefold.access.decide;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;

/** Random choices that a seed reproduces. */
record SeededRandom(SplittableRandom random) {
    <T> T pick(List<T> things) {
        return things.get(below(things.size()));
    }

    boolean oneIn(int times) {
        return below(times) == 0;
    }

    int below(int bound) {
        return random.nextInt(bound);
    }

    /** Returns an instant with a precision of milliseconds. */
    Instant instantWithin(Instant from, Duration span) {
        return from.plusMillis(random.nextLong(span.toMillis()));
    }
}
