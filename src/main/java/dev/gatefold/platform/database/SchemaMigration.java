package dev.gatefold.platform.database;

import dev.gatefold.platform.secrets.SecretSettings;
import java.util.List;
import org.eclipse.microprofile.config.Config;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/**
 * Brings the schema to where this build needs it, and ends: a step of a release of its own, which wants to know nothing but
 * the database. Not by the service's own connections, which give up after seconds; a change of a large table takes longer.
 */
public final class SchemaMigration {
    /** The word on the command line that asks for it. */
    public static final String COMMAND = "migrate";

    /** Whoever waits for a table makes all wait who come after: a migration gives up first, and is tried again. */
    private static final String BRIEFLY = "set lock_timeout = '5s'";

    private static final int DONE = 0;
    private static final int FAILED = 1;

    private SchemaMigration() {}

    public static boolean isRequestedBy(String... arguments) {
        return List.of(arguments).equals(List.of(COMMAND));
    }

    /** Answers with what the process is to end. */
    public static int run(Config config) {
        SecretSettings secrets = new SecretSettings(config);
        try {
            Flyway flyway = Flyway.configure()
                    .dataSource(
                            config.getValue(DatabaseSettings.URL, String.class),
                            secrets.get(DatabaseSettings.USERNAME).orElse(null),
                            secrets.get(DatabaseSettings.PASSWORD).orElse(null))
                    .initSql(BRIEFLY)
                    .load();
            if (SchemaLineage.isUnsupported(flyway)) {
                System.err.println("Gatefold does not migrate: " + SchemaLineage.UNSUPPORTED);
                return FAILED;
            }
            var done = flyway.migrate();
            System.out.printf(
                    "The schema is at version %s, after %d migrations%n",
                    done.targetSchemaVersion == null ? done.initialSchemaVersion : done.targetSchemaVersion,
                    done.migrationsExecuted);
            return DONE;
        } catch (FlywayException e) {
            System.err.println("Gatefold does not migrate: " + e.getMessage());
            return FAILED;
        }
    }
}
