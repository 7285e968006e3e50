package dev.gatefold.passes;

import dev.gatefold.passes.keys.SigningKeyFile;
import dev.gatefold.passes.keys.SigningKeySchedule;
import io.quarkus.runtime.configuration.DurationConverter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;

/** The bounds of what an operator may set about passes. */
public final class PassConfigCheck {
    /** However passes are set, none is relied on for longer. */
    public static final Duration MAX_LIFETIME = Duration.ofDays(7);

    private static final String PREFIX = "gatefold.passes.";
    public static final String KEYS_PROPERTY = PREFIX + "keys";

    /** @param value of a property, where it is set */
    private record DurationBounds(Function<String, Optional<String>> value, BiConsumer<String, String> fault) {
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

    private PassConfigCheck() {}

    /**
     * Tells what is out of bounds, or cannot be used.
     *
     * @param value of a property, where it is set
     * @param fault takes a property and what is wrong with it
     */
    public static void validate(Function<String, Optional<String>> value, BiConsumer<String, String> fault) {
        DurationBounds bounds = new DurationBounds(value, fault);
        bounds.check("edge", Duration.ofSeconds(10), Duration.ofMinutes(10));
        bounds.check("app", Duration.ofSeconds(10), Duration.ofHours(24));
        bounds.check("offline", Duration.ZERO, MAX_LIFETIME);
        bounds.check(
                "key-rotation-interval", SigningKeySchedule.ANNOUNCEMENT_PERIOD.multipliedBy(2), Duration.ofDays(366));
        for (String file : value.apply(KEYS_PROPERTY).map(it -> it.split(",")).orElse(new String[0])) {
            try {
                SigningKeyFile.read(Path.of(file.strip()));
            } catch (IllegalArgumentException e) {
                fault.accept(KEYS_PROPERTY, e.getMessage());
            }
        }
    }
}
