package dev.gatefold.passes.startup;

import dev.gatefold.passes.PassConfig;
import dev.gatefold.passes.keys.SigningKeyFile;
import dev.gatefold.passes.keys.SigningKeySchedule;
import dev.gatefold.platform.startup.StartupCheck;
import dev.gatefold.platform.startup.StartupSettings;
import io.quarkus.runtime.configuration.DurationConverter;
import java.nio.file.Path;
import java.time.Duration;

/** Reports durations of passes that are out of bounds, and signing keys that cannot be read. */
public final class PassConfigCheck implements StartupCheck {
    private static final String PREFIX = "gatefold.passes.";
    private static final String KEYS_PROPERTY = PREFIX + "keys";

    @Override
    public void check(StartupSettings settings) {
        checkDuration(settings, "edge-lifetime", Duration.ofSeconds(10), Duration.ofMinutes(10));
        checkDuration(settings, "app-lifetime", Duration.ofSeconds(10), Duration.ofHours(24));
        checkDuration(settings, "offline-period", Duration.ZERO, PassConfig.MAX_LIFETIME);
        checkDuration(
                settings,
                "key-rotation-interval",
                SigningKeySchedule.ANNOUNCEMENT_PERIOD.multipliedBy(2),
                Duration.ofDays(366));
        settings.value(KEYS_PROPERTY).ifPresent(files -> checkKeys(settings, files));
    }

    private static void checkDuration(StartupSettings settings, String name, Duration min, Duration max) {
        String property = PREFIX + name;
        settings.value(property).ifPresent(text -> {
            try {
                Duration duration = DurationConverter.parseDuration(text.strip());
                if (duration.compareTo(min) < 0 || duration.compareTo(max) > 0) {
                    settings.error(property, "must be between " + min + " and " + max);
                }
            } catch (IllegalArgumentException e) {
                settings.error(property, "is not a duration, such as " + max);
            }
        });
    }

    private static void checkKeys(StartupSettings settings, String files) {
        for (String file : files.split(",")) {
            try {
                SigningKeyFile.read(Path.of(file.strip()));
            } catch (IllegalArgumentException e) {
                settings.error(KEYS_PROPERTY, e.getMessage());
            }
        }
    }
}
