package dev.gatefold.sandbox.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kills JVMs that run a server. Each server therefore runs in a JVM of its own. */
class LocalPostgresTest {
    /** Runs a server until a line is read from standard input. */
    public static final class PostgresHolder {
        private static final String STARTED = "started ";

        private PostgresHolder() {}

        public static void main(String... args) throws IOException {
            try (LocalPostgres postgres = LocalPostgres.durable(Path.of(args[0]))) {
                System.out.println(STARTED + postgres.settings().get("quarkus.datasource.jdbc.url"));
                System.in.read();
            }
        }
    }

    private final List<Process> holders = new ArrayList<>();

    @TempDir
    Path folder;

    @AfterEach
    void stopHolders() throws Exception {
        for (Process holder : holders) {
            holder.getOutputStream().close();
            holder.waitFor();
        }
        // The next start stops the server that a killed JVM left running.
        Process last = startHolder();
        output(last);
        last.getOutputStream().close();
        last.waitFor();
    }

    private Process startHolder() throws IOException {
        Process holder = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        PostgresHolder.class.getName(),
                        folder.resolve("postgres").toString())
                .redirectErrorStream(true)
                .start();
        holders.add(holder);
        return holder;
    }

    /** Returns the output until the server has started or has failed; the last line says which. */
    private static List<String> output(Process holder) throws IOException {
        List<String> lines = new ArrayList<>();
        BufferedReader reader = holder.inputReader(StandardCharsets.UTF_8);
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
            lines.add(line);
            if (line.startsWith(PostgresHolder.STARTED)) {
                break;
            }
        }
        return lines;
    }

    private static String url(Process holder) throws IOException {
        List<String> lines = output(holder);
        assertThat(lines).as("output").isNotEmpty();
        assertThat(lines.getLast()).as(String.join("\n", lines)).startsWith(PostgresHolder.STARTED);
        return lines.getLast().substring(PostgresHolder.STARTED.length());
    }

    private static String query(String url, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            if (!statement.execute(sql)) {
                return "";
            }
            ResultSet rows = statement.getResultSet();
            rows.next();
            return rows.getString(1);
        }
    }

    @Test
    void dataSurvivesKilledJvm() throws Exception {
        Process first = startHolder();
        String url = url(first);
        query(url, "create table sample (word text)");
        query(url, "insert into sample values ('here')");

        first.destroyForcibly().waitFor(); // SIGKILL; its PostgreSQL keeps running

        assertThat(query(url(startHolder()), "select word from sample")).isEqualTo("here");
    }

    @Test
    void dataSurvivesKilledJvmAndPostgres() throws Exception {
        Process first = startHolder();
        String url = url(first);
        query(url, "create table sample (word text)");
        query(url, "insert into sample values ('here')");
        List<ProcessHandle> all = first.descendants().toList();

        first.destroyForcibly().waitFor();
        all.forEach(ProcessHandle::destroyForcibly);

        assertThat(query(url(startHolder()), "select word from sample")).isEqualTo("here");
    }

    @Test
    void secondStartIsRefusedAndFirstKeepsRunning() throws Exception {
        String first = url(startHolder());

        Process second = startHolder();

        assertThat(String.join("\n", output(second))).contains("Another instance uses the data folder");
        assertThat(second.waitFor()).isNotZero();
        assertThat(query(first, "select 'well'")).isEqualTo("well");
    }

    @Test
    void committedDataIsFlushedToDisk() throws Exception {
        String url = url(startHolder());

        assertThat(query(url, "show fsync")).isEqualTo("on");
        assertThat(query(url, "show synchronous_commit")).isEqualTo("on");
        assertThat(query(url, "show full_page_writes")).isEqualTo("on");
        assertThat(query(url, "show listen_addresses")).isEqualTo("127.0.0.1");
    }
}
