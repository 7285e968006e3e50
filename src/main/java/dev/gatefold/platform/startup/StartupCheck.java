package dev.gatefold.platform.startup;

/**
 * Port for the checks of one module's settings before the service starts. Implementations are listed in
 * {@code META-INF/services} and run without CDI.
 */
public interface StartupCheck {
    /** Reports each setting that is missing or unsafe to {@link StartupSettings#error}. */
    void check(StartupSettings settings);

    /** Returns whether a migration of the schema needs these settings as well. */
    default boolean isRequiredForMigration() {
        return false;
    }
}
