package dev.gatefold.sandbox.database;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.flywaydb.core.Flyway;
import org.jboss.logging.Logger;

/** A PostgreSQL server from binaries on the class path. It listens on the loopback interface only. */
public final class LocalPostgres implements Closeable {
    private static final Logger LOG = Logger.getLogger(LocalPostgres.class);
    private static final Duration STARTUP_TIMEOUT = Duration.ofSeconds(60);
    private static final int STOP_TIMEOUT_SECONDS = 10;

    private final EmbeddedPostgres server;

    private LocalPostgres(EmbeddedPostgres server) {
        this.server = server;
    }

    /**
     * Starts a server on a data folder. Committed data survives restarts and a kill of this process at any moment.
     *
     * @throws IllegalStateException if another process uses the folder
     */
    public static LocalPostgres durable(Path data) {
        Path folder = data.toAbsolutePath().normalize();
        stopOrphan(folder);
        return start(EmbeddedPostgres.builder()
                .setDataDirectory(folder)
                .setCleanDataDirectory(false)
                // The library turns both off by default, because its databases are usually temporary.
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on"));
    }

    /** Starts a server for tests. Its data is not flushed to disk and is deleted on {@link #close}. */
    public static LocalPostgres ephemeral() {
        return start(EmbeddedPostgres.builder());
    }

    private static LocalPostgres start(EmbeddedPostgres.Builder builder) {
        try {
            return new LocalPostgres(builder.setServerConfig("listen_addresses", "127.0.0.1")
                    .setServerConfig("max_connections", "100")
                    .setLocaleConfig("locale", "C.UTF-8")
                    .setPGStartupWait(STARTUP_TIMEOUT)
                    .start());
        } catch (IOException e) {
            throw new UncheckedIOException("The local PostgreSQL server did not start", e);
        }
    }

    /**
     * Stops the server of a JVM that was killed, which would block the data folder. The library holds a lock on {@code epg-lock}
     * while its JVM runs, so an available lock proves that the JVM has ended. {@code postmaster.pid} alone does not: it also
     * exists while another instance is running.
     */
    private static void stopOrphan(Path data) {
        Path pidFile = data.resolve("postmaster.pid");
        if (!Files.exists(pidFile)) {
            return;
        }
        try (FileChannel channel = FileChannel.open(
                        data.resolve("epg-lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = channel.tryLock()) {
            if (lock == null) {
                throw new IllegalStateException("Another instance uses the data folder " + data
                        + ". Stop it, or set SANDBOX_DATA to another folder.");
            }
            orphan(pidFile, data).ifPresent(LocalPostgres::stop);
        } catch (IOException e) {
            throw new UncheckedIOException("The data folder " + data + " cannot be read", e);
        }
    }

    private static Optional<ProcessHandle> orphan(Path pidFile, Path data) throws IOException {
        List<String> lines = Files.readAllLines(pidFile);
        if (lines.isEmpty() || !lines.getFirst().strip().matches("\\d+")) {
            return Optional.empty();
        }
        return ProcessHandle.of(Long.parseLong(lines.getFirst().strip()))
                .filter(process -> process.info()
                        .command()
                        .filter(it -> it.endsWith("postgres"))
                        .isPresent())
                .filter(process -> process.info()
                        .arguments()
                        .filter(it -> List.of(it).contains(data.toString()))
                        .isPresent());
    }

    private static void stop(ProcessHandle orphan) {
        LOG.infof("Stopping PostgreSQL (process %d), which was left running by a killed process", orphan.pid());
        orphan.destroy();
        try {
            orphan.onExit().get(STOP_TIMEOUT_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            orphan.destroyForcibly();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Returns the TCP port. */
    public int port() {
        return server.getPort();
    }

    /** Returns the settings that make the service use this server. */
    public Map<String, String> settings() {
        return Map.of(
                "quarkus.datasource.jdbc.url", server.getJdbcUrl("postgres", "postgres"),
                "quarkus.datasource.username", "postgres",
                "quarkus.datasource.password", "postgres");
    }

    /** Returns a Flyway with the migrations of this build, connected to this server. */
    public Flyway flyway() {
        return Flyway.configure()
                .dataSource(server.getJdbcUrl("postgres", "postgres"), "postgres", "postgres")
                .load();
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
