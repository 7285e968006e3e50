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

/** A real PostgreSQL, from binaries that Maven brought, on the loopback interface only. */
public final class LocalPostgres implements Closeable {
    private static final Logger LOG = Logger.getLogger(LocalPostgres.class);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int STOP_SECONDS = 10;

    private final EmbeddedPostgres server;

    private LocalPostgres(EmbeddedPostgres server) {
        this.server = server;
    }

    /** A server whose data lasts: it survives restarts, and the killing of this process at any moment. */
    public static LocalPostgres durable(Path data) {
        Path folder = data.toAbsolutePath().normalize();
        stopOrphan(folder);
        return start(EmbeddedPostgres.builder()
                .setDataDirectory(folder)
                .setCleanDataDirectory(false)
                // the library's defaults are for data that nobody needs again
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on"));
    }

    /** A server for tests: quick, and gone when it is closed. */
    public static LocalPostgres ephemeral() {
        return start(EmbeddedPostgres.builder());
    }

    private static LocalPostgres start(EmbeddedPostgres.Builder builder) {
        try {
            return new LocalPostgres(builder.setServerConfig("listen_addresses", "127.0.0.1")
                    .setServerConfig("max_connections", "100")
                    .setLocaleConfig("locale", "C.UTF-8")
                    .setPGStartupWait(PATIENCE)
                    .start());
        } catch (IOException e) {
            throw new UncheckedIOException("The local PostgreSQL did not start", e);
        }
    }

    /**
     * When a JVM is killed its PostgreSQL lives on, and must be stopped before its data can be opened again. The library
     * holds a lock on {@code epg-lock} while its JVM lives: only if that lock can be had is the owner dead. Going by
     * {@code postmaster.pid} alone would stop the server of a second instance that is alive and well.
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
                throw new IllegalStateException("Another instance runs on the data folder " + data
                        + "; stop it, or give this one a folder of its own with SANDBOX_DATA");
            }
            orphan(pidFile, data).ifPresent(LocalPostgres::stop);
        } catch (IOException e) {
            throw new UncheckedIOException("The data folder " + data + " cannot be opened", e);
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
        LOG.infof("Stopping the PostgreSQL (process %d) that a killed run left behind", orphan.pid());
        orphan.destroy();
        try {
            orphan.onExit().get(STOP_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            orphan.destroyForcibly();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    public int port() {
        return server.getPort();
    }

    /** What the service needs to know of it. */
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
