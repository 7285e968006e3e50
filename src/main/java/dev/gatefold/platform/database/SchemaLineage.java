package dev.gatefold.platform.database;

import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationState;

/** Detects schemas that other migrations than those of this build have created. */
public final class SchemaLineage {
    /** The problem and its remedy, for operators. */
    public static final String UNSUPPORTED =
            "the schema was created by a version of Gatefold that this version cannot upgrade;"
                    + " use an empty database";

    private SchemaLineage() {}

    /**
     * Returns whether an applied migration differs from the migration of this build that has the same version. Applied
     * versions that this build does not have belong to a newer release and are accepted.
     *
     * @throws org.flywaydb.core.api.FlywayException if the database cannot be read
     */
    public static boolean isUnsupported(Flyway flyway) {
        return Stream.of(flyway.info().applied()).anyMatch(SchemaLineage::differs);
    }

    private static boolean differs(MigrationInfo migration) {
        return migration.getState() != MigrationState.FUTURE_SUCCESS
                && !(migration.isDescriptionMatching() && migration.isChecksumMatching());
    }
}
