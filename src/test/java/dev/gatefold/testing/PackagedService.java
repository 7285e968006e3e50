package dev.gatefold.testing;

import dev.gatefold.sandbox.database.LocalPostgres;
import dev.gatefold.sandbox.issuer.SandboxIssuer;
import dev.gatefold.sandbox.stripe.StripeSandbox;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The packaged service in a process of its own, configured only by environment variables. */
public final class PackagedService implements Closeable {
    public static final Path FOLDER = Path.of("target/quarkus-app");

    /**
     * Limits the JVM to its fast compiler, which halves the processor time of a start. The benchmarks and the image use
     * both compilers.
     */
    private static final String JVM_OPTION = System.getProperty("packaged.jvm-option", "-XX:TieredStopAtLevel=1");

    private static final Duration TIMEOUT = Duration.ofMinutes(3);
    private static final Pattern LISTENING = Pattern.compile(
            "Listening on: http://[\\w.]+:(\\d+)\\. Management interface listening on http://[\\w.]+:(\\d+)");

    private final Process process;
    private final Path log;
    private final HttpClient http = HttpClient.newHttpClient();

    private PackagedService(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /** Returns the environment of a service that uses the given database, issuer and Stripe sandbox. */
    public static Map<String, String> environment(LocalPostgres postgres, SandboxIssuer issuer, StripeSandbox stripe) {
        return environment(postgres, issuer.url(), stripe);
    }

    /** Returns the same environment with another issuer's URL. */
    public static Map<String, String> environment(LocalPostgres postgres, String issuer, StripeSandbox stripe) {
        Map<String, String> environment = new HashMap<>();
        postgres.settings().forEach((name, value) -> environment.put(environmentVariable(name), value));
        stripe.settings().forEach((name, value) -> environment.put(environmentVariable(name), value));
        environment.put("GATEFOLD_STRIPE_LIVEMODE", "false");
        environment.put("GATEFOLD_SITE_URL", "http://localhost");
        environment.put("QUARKUS_OIDC_AUTH_SERVER_URL", issuer);
        return environment;
    }

    private static String environmentVariable(String property) {
        return property.toUpperCase(java.util.Locale.ROOT).replaceAll("[.-]", "_");
    }

    public static PackagedService start(Map<String, String> environment, String... jvmOptions) {
        return startCommand(environment, command(List.of(jvmOptions), List.of()));
    }

    /** Starts the schema migration, a process that exits when it is done. */
    public static PackagedService startMigration(Map<String, String> environment) {
        return startCommand(environment, command(List.of(), List.of("migrate")));
    }

    /** Migrates the schema and starts the service. */
    public static PackagedService startWithMigration(Map<String, String> environment) throws InterruptedException {
        migrate(environment);
        return start(environment);
    }

    /**
     * Migrates the schema.
     *
     * @throws IllegalStateException if the migration fails
     */
    public static void migrate(Map<String, String> environment) throws InterruptedException {
        try (PackagedService migration = startMigration(environment)) {
            if (migration.exitCode() != 0) {
                throw new IllegalStateException("The schema was not migrated:\n" + migration.log());
            }
        }
    }

    private static List<String> command(List<String> jvmOptions, List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(ProcessHandle.current().info().command().orElseThrow());
        command.add(JVM_OPTION);
        command.addAll(jvmOptions);
        command.addAll(List.of("-jar", FOLDER.resolve("quarkus-run.jar").toString()));
        command.addAll(arguments);
        return command;
    }

    /** Starts the service by another command, such as another JVM or folder. */
    public static PackagedService startCommand(Map<String, String> environment, List<String> command) {
        try {
            Path log = Files.createTempFile(Path.of("target"), "packaged-", ".log");
            var builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
            builder.environment()
                    .keySet()
                    .removeIf(name -> name.startsWith("QUARKUS_") || name.startsWith("GATEFOLD_"));
            builder.environment()
                    .putAll(Map.of(
                            "QUARKUS_HTTP_PORT", "0",
                            "QUARKUS_HTTP_HOST", "127.0.0.1",
                            "QUARKUS_MANAGEMENT_PORT", "0",
                            "QUARKUS_MANAGEMENT_HOST", "127.0.0.1",
                            "QUARKUS_SHUTDOWN_DELAY", "PT0S"));
            builder.environment().putAll(environment);
            return new PackagedService(builder.start(), log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Waits until the service accepts requests, and returns its base URL.
     *
     * @throws IllegalStateException with the log if the service exits or does not start in time
     */
    public String url() throws InterruptedException {
        return "http://127.0.0.1:" + awaitListeningAddresses().group(1);
    }

    /** Waits until the service accepts requests, and returns the base URL of health checks and metrics. */
    public String managementUrl() throws InterruptedException {
        return "http://127.0.0.1:" + awaitListeningAddresses().group(2);
    }

    private Matcher awaitListeningAddresses() throws InterruptedException {
        long deadline = System.nanoTime() + TIMEOUT.toNanos();
        while (System.nanoTime() < deadline && process.isAlive()) {
            Matcher listening = LISTENING.matcher(log());
            if (listening.find()) {
                return listening;
            }
            Thread.sleep(50);
        }
        throw new IllegalStateException("The packaged service did not start:\n" + log());
    }

    public HttpResponse<String> get(String path, String... headers) throws IOException, InterruptedException {
        return send(URI.create(url() + path), headers);
    }

    public HttpResponse<String> getManagement(String path) throws IOException, InterruptedException {
        return send(URI.create(managementUrl() + path));
    }

    private HttpResponse<String> send(URI uri, String... headers) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(uri);
        if (headers.length > 0) {
            request.headers(headers);
        }
        return http.send(request.build(), BodyHandlers.ofString());
    }

    /** Waits until the process exits, and returns its exit code. */
    public int exitCode() throws InterruptedException {
        if (!process.waitFor(TIMEOUT.toSeconds(), TimeUnit.SECONDS)) {
            throw new IllegalStateException("The packaged service has not exited:\n" + log());
        }
        return process.exitValue();
    }

    /** Returns everything that the service has logged. */
    public String log() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public long pid() {
        return process.pid();
    }

    /** Sends SIGTERM, as Kubernetes does to a replica that it replaces. */
    public void requestShutdown() {
        process.destroy();
    }

    /** Sends SIGKILL, as the kernel does when memory runs out, and waits for the end. */
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() {
        http.close();
        process.destroy();
        try {
            if (!process.waitFor(TIMEOUT.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
