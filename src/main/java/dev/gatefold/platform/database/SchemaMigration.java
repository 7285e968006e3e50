package dev.gatefold.platform.database;

import dev.gatefold.platform.secrets.SecretSettings;
import java.util.List;
import org.eclipse.microprofile.config.Config;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/**
 * Migrates the schema to the version of this build: a separate step of a release that needs only the database settings. Uses
 * a connection without the short timeouts of the connection pool, because altering a large table takes longer.
 */
public final class SchemaMigration {
    /** The command-line argument that runs a migration. */
    public static final String COMMAND = "migrate";

    /**
     * A migration that waits for a table lock blocks all later queries of that table. It gives up after five seconds and can
     * be retried.
     */
    private static final String LOCK_TIMEOUT = "set lock_timeout = '5s'";

    private static final int SUCCESS = 0;
    private static final int FAILURE = 1;

    private SchemaMigration() {}

    /** Returns whether the command line consists of {@link #COMMAND}. */
    public static boolean isRequestedBy(String... arguments) {
        return List.of(arguments).equals(List.of(COMMAND));
    }

    /** Runs the migration, prints the result, and returns the exit status of the process. */
    public static int run(Config config) {
        SecretSettings secrets = new SecretSettings(config);
        try {
            Flyway flyway = Flyway.configure()
                    .dataSource(
                            config.getValue(DatabaseSettings.URL, String.class),
                            secrets.get(DatabaseSettings.USERNAME).orElse(null),
                            secrets.get(DatabaseSettings.PASSWORD).orElse(null))
                    .initSql(LOCK_TIMEOUT)
                    .load();
            if (SchemaLineage.isUnsupported(flyway)) {
                System.err.println("Migration failed: " + SchemaLineage.UNSUPPORTED);
                return FAILURE;
            }
            var result = flyway.migrate();
            System.out.printf(
                    "The schema is at version %s, after %d migrations%n",
                    result.targetSchemaVersion == null ? result.initialSchemaVersion : result.targetSchemaVersion,
                    result.migrationsExecuted);
            return SUCCESS;
        } catch (FlywayException e) {
            System.err.println("Migration failed: " + e.getMessage());
            return FAILURE;
        }
    }
}
