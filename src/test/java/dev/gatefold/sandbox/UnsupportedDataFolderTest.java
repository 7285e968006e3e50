package dev.gatefold.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatefold.sandbox.database.LocalPostgres;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Starts the development service on a data folder of an earlier schema. */
class UnsupportedDataFolderTest {
    @TempDir
    Path data;

    @Test
    void developmentServiceReportsUnsupportedDataFolderInOneLine() throws Exception {
        createSchemaOfAnEarlierVersion();

        Process service = start();
        List<String> lines = service.inputReader(StandardCharsets.UTF_8).lines().toList();

        assertThat(service.waitFor()).isEqualTo(1);
        assertThat(lines).last().asString().contains(data.toString(), "earlier version", "Delete", "SANDBOX_DATA");
        assertThat(lines).noneMatch(line -> line.contains("checksum") || line.startsWith("\tat "));
    }

    /** Migrates a database and renames the first migration in its history. */
    private void createSchemaOfAnEarlierVersion() throws Exception {
        try (LocalPostgres postgres = LocalPostgres.durable(data.resolve("postgres"))) {
            postgres.flyway().migrate();
            try (var database = DriverManager.getConnection(postgres.settings().get("quarkus.datasource.jdbc.url"));
                    var statement = database.createStatement()) {
                statement.execute("""
                        update flyway_schema_history set description = 'catalogue', script = 'V1__catalogue.sql', checksum = 1
                        where version = '1'
                        """);
            }
        }
    }

    private Process start() throws Exception {
        ProcessBuilder builder = new ProcessBuilder(
                ProcessHandle.current().info().command().orElseThrow(),
                "-cp",
                System.getProperty("java.class.path"),
                SandboxMain.class.getName());
        builder.environment().put("SANDBOX_DATA", data.toString());
        return builder.redirectErrorStream(true).start();
    }
}
