package dev.gatefold.passes;

import io.quarkus.runtime.configuration.DurationConverter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;

/** The bounds of what an operator may set about passes. */
public final class PassSettings {
    /** However passes are set, none is relied on for longer. */
    static final Duration LONGEST_LIFE = Duration.ofDays(7);

    private static final String PREFIX = "gatefold.passes.";
    static final String KEYS = PREFIX + "keys";

    /** @param value of a property, where it is set */
    private record Bounds(Function<String, Optional<String>> value, BiConsumer<String, String> fault) {
        void check(String name, Duration least, Duration most) {
            String property = PREFIX + name;
            value.apply(property).ifPresent(text -> {
                try {
                    Duration duration = DurationConverter.parseDuration(text.strip());
                    if (duration.compareTo(least) < 0 || duration.compareTo(most) > 0) {
                        fault.accept(property, "must be between " + least + " and " + most);
                    }
                } catch (IllegalArgumentException e) {
                    fault.accept(property, "is not a duration, such as " + most);
                }
            });
        }
    }

    private PassSettings() {}

    /**
     * Tells what is out of bounds, or cannot be used.
     *
     * @param value of a property, where it is set
     * @param fault takes a property and what is wrong with it
     */
    public static void check(Function<String, Optional<String>> value, BiConsumer<String, String> fault) {
        Bounds bounds = new Bounds(value, fault);
        bounds.check("edge", Duration.ofSeconds(10), Duration.ofMinutes(10));
        bounds.check("app", Duration.ofSeconds(10), Duration.ofHours(24));
        bounds.check("offline", Duration.ZERO, LONGEST_LIFE);
        bounds.check("key-signs", KeySet.ANNOUNCED.multipliedBy(2), Duration.ofDays(366));
        for (String file : value.apply(KEYS).map(it -> it.split(",")).orElse(new String[0])) {
            try {
                KeyFile.read(Path.of(file.strip()));
            } catch (IllegalArgumentException e) {
                fault.accept(KEYS, e.getMessage());
            }
        }
    }
}
