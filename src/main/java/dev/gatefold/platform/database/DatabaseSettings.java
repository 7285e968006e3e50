package dev.gatefold.platform.database;

/** Names of the settings of the database connection. */
public final class DatabaseSettings {
    public static final String URL = "quarkus.datasource.jdbc.url";
    public static final String USERNAME = "quarkus.datasource.username";
    public static final String PASSWORD = "quarkus.datasource.password";

    private DatabaseSettings() {}
}
