package dev.gatefold.sandbox;

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

/** Each server is held by a JVM of its own, since it is killing the JVM that is tried. */
class LocalPostgresTest {
    /** Holds a server until somebody presses return. */
    public static final class Holder {
        private static final String STARTED = "started ";

        private Holder() {}

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
    void letGo() throws Exception {
        for (Process holder : holders) {
            holder.getOutputStream().close();
            holder.waitFor();
        }
        // what a killed JVM left behind goes when the next one has come and gone
        Process last = hold();
        output(last);
        last.getOutputStream().close();
        last.waitFor();
    }

    private Process hold() throws IOException {
        Process holder = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Holder.class.getName(),
                        folder.resolve("postgres").toString())
                .redirectErrorStream(true)
                .start();
        holders.add(holder);
        return holder;
    }

    /** What it says until it has started, or has failed to; the last line tells which. */
    private static List<String> output(Process holder) throws IOException {
        List<String> lines = new ArrayList<>();
        BufferedReader reader = holder.inputReader(StandardCharsets.UTF_8);
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
            lines.add(line);
            if (line.startsWith(Holder.STARTED)) {
                break;
            }
        }
        return lines;
    }

    private static String url(Process holder) throws IOException {
        List<String> lines = output(holder);
        assertThat(lines).as("output").isNotEmpty();
        assertThat(lines.getLast()).as(String.join("\n", lines)).startsWith(Holder.STARTED);
        return lines.getLast().substring(Holder.STARTED.length());
    }

    private static String ask(String url, String sql) throws SQLException {
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
    void whatWasWrittenSurvivesTheKillingOfTheJvm() throws Exception {
        Process first = hold();
        String url = url(first);
        ask(url, "create table kept (word text)");
        ask(url, "insert into kept values ('here')");

        first.destroyForcibly().waitFor(); // kill -9; its PostgreSQL lives on

        assertThat(ask(url(hold()), "select word from kept")).isEqualTo("here");
    }

    @Test
    void whatWasWrittenSurvivesTheKillingOfEverything() throws Exception {
        Process first = hold();
        String url = url(first);
        ask(url, "create table kept (word text)");
        ask(url, "insert into kept values ('here')");
        List<ProcessHandle> all = first.descendants().toList();

        first.destroyForcibly().waitFor();
        all.forEach(ProcessHandle::destroyForcibly);

        assertThat(ask(url(hold()), "select word from kept")).isEqualTo("here");
    }

    @Test
    void aSecondOneIsRefusedAndTheFirstGoesOn() throws Exception {
        String first = url(hold());

        Process second = hold();

        assertThat(String.join("\n", output(second))).contains("Another instance runs on the data folder");
        assertThat(second.waitFor()).isNotZero();
        assertThat(ask(first, "select 'well'")).isEqualTo("well");
    }

    @Test
    void whatIsWrittenIsOnTheDisk() throws Exception {
        String url = url(hold());

        assertThat(ask(url, "show fsync")).isEqualTo("on");
        assertThat(ask(url, "show synchronous_commit")).isEqualTo("on");
        assertThat(ask(url, "show full_page_writes")).isEqualTo("on");
        assertThat(ask(url, "show listen_addresses")).isEqualTo("127.0.0.1");
    }
}
