package dev.gatefold.passes.startup;

import dev.gatefold.platform.startup.StartupSettings;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.Config;

/** Stops the start in development and tests if a setting of passes is invalid; there no startup check runs before it. */
@Singleton
final class PassConfigStartupCheck {
    void check(@Observes StartupEvent event, Config config) {
        StartupSettings settings = new StartupSettings(config);
        new PassConfigCheck().check(settings);
        if (!settings.errors().isEmpty()) {
            throw new IllegalStateException(String.join("; ", settings.errors()));
        }
    }
}
