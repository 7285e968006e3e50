package dev.gatefold.platform.startup;

import java.util.List;
import java.util.ServiceLoader;
import java.util.function.Predicate;
import org.eclipse.microprofile.config.Config;

/** Runs the {@link StartupCheck} implementations of all modules. */
public final class StartupChecks {
    private StartupChecks() {}

    /** Returns the errors in the settings of the service; empty if it can start. */
    public static List<String> errors(Config config) {
        return errors(config, _ -> true);
    }

    /** Returns the errors in the settings that a migration of the schema needs; empty if it can run. */
    public static List<String> migrationErrors(Config config) {
        return errors(config, StartupCheck::isRequiredForMigration);
    }

    private static List<String> errors(Config config, Predicate<StartupCheck> selected) {
        StartupSettings settings = new StartupSettings(config);
        ServiceLoader.load(StartupCheck.class, StartupCheck.class.getClassLoader()).stream()
                .map(ServiceLoader.Provider::get)
                .filter(selected)
                .forEach(check -> check.check(settings));
        return settings.errors();
    }
}
