package dev.gatefold.testing;

import dev.gatefold.platform.database.SchemaMigration;
import dev.gatefold.sandbox.database.LocalPostgres;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;

/** Creates the schema for tests of the packaged service whose subject is not the migration, without a process for it. */
public final class TestSchema {
    private static final int ORDINAL = 100;

    private TestSchema() {}

    /** Migrates an empty database to the current schema. */
    public static void migrate(LocalPostgres postgres) {
        var config = new SmallRyeConfigBuilder()
                .withSources(new PropertiesConfigSource(postgres.settings(), "database", ORDINAL))
                .build();
        if (SchemaMigration.run(config) != 0) {
            throw new IllegalStateException("The test database could not be migrated");
        }
    }
}
