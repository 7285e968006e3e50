package dev.gatefold;

import dev.gatefold.ops.StartupSettingsCheck;
import dev.gatefold.platform.database.SchemaMigration;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.util.List;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;

/**
 * The service in production: it starts with everything that it needs, or says what is missing and does not start. With the
 * word "migrate" it brings the schema to where it needs it, and ends.
 */
@QuarkusMain
public final class Gatefold {
    private static final int MISCONFIGURED = 78; // EX_CONFIG of sysexits.h

    Gatefold() {}

    public static void main(String... args) {
        Config config = ConfigProvider.getConfig();
        if (SchemaMigration.isRequestedBy(args)) {
            requireNone(StartupSettingsCheck.of(config).databaseErrors());
            System.exit(SchemaMigration.run(config));
        }
        requireNone(StartupSettingsCheck.of(config).errors());
        Quarkus.run(args);
    }

    private static void requireNone(List<String> faults) {
        if (!faults.isEmpty()) {
            System.err.println("Gatefold does not start:");
            faults.forEach(fault -> System.err.println("  " + fault));
            System.exit(MISCONFIGURED);
        }
    }
}
