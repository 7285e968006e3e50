package dev.gatefold.platform.database;

import dev.gatefold.platform.startup.StartupCheck;
import dev.gatefold.platform.startup.StartupSettings;

/** Requires the URL of a PostgreSQL database. */
public final class DatabaseStartupCheck implements StartupCheck {
    @Override
    public void check(StartupSettings settings) {
        settings.require(
                DatabaseSettings.URL,
                "the JDBC URL of the database, such as jdbc:postgresql://db.internal:5432/gatefold",
                url -> url.startsWith("jdbc:postgresql:"),
                "is not the JDBC URL of a PostgreSQL database");
    }

    @Override
    public boolean isRequiredForMigration() {
        return true;
    }
}
