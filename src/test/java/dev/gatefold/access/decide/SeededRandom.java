package dev.gatefold.access.decide;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;

/** Chance: the same again from the same seed. */
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

    /** To the millisecond. */
    Instant instantWithin(Instant from, Duration span) {
        return from.plusMillis(random.nextLong(span.toMillis()));
    }
}
