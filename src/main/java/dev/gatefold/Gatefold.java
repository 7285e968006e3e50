package dev.gatefold;

import dev.gatefold.platform.database.SchemaMigration;
import dev.gatefold.platform.startup.StartupChecks;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.util.List;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;

/**
 * Entry point in production. Starts the service, or exits with status 78 and the list of settings that are missing or
 * unsafe. With the argument {@code migrate} it migrates the schema and exits.
 */
@QuarkusMain
public final class Gatefold {
    private static final int INVALID_CONFIGURATION = 78; // EX_CONFIG of sysexits.h

    Gatefold() {}

    public static void main(String... args) {
        Config config = ConfigProvider.getConfig();
        if (SchemaMigration.isRequestedBy(args)) {
            exitOnErrors(StartupChecks.migrationErrors(config));
            System.exit(SchemaMigration.run(config));
        }
        exitOnErrors(StartupChecks.errors(config));
        Quarkus.run(args);
    }

    private static void exitOnErrors(List<String> errors) {
        if (!errors.isEmpty()) {
            System.err.println("Gatefold cannot start. Invalid settings:");
            errors.forEach(error -> System.err.println("  " + error));
            System.exit(INVALID_CONFIGURATION);
        }
    }
}
