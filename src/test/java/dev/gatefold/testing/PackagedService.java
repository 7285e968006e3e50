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

/** The service as it is shipped, in a process of its own that knows nothing but its environment. */
public final class PackagedService implements Closeable {
    public static final Path FOLDER = Path.of("target/quarkus-app");

    /**
     * Compiles quickly rather than well, which halves the processor time of a start. The benchmarks and the image set
     * no such option.
     */
    private static final String JVM_OPTION = System.getProperty("packaged.jvm-option", "-XX:TieredStopAtLevel=1");

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Pattern LISTENING = Pattern.compile(
            "Listening on: http://[\\w.]+:(\\d+)\\. Management interface listening on http://[\\w.]+:(\\d+)");

    private final Process process;
    private final Path log;
    private final HttpClient http = HttpClient.newHttpClient();

    private PackagedService(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /** What it needs to be told where it is to run. */
    public static Map<String, String> environment(LocalPostgres postgres, SandboxIssuer issuer, StripeSandbox stripe) {
        return environment(postgres, issuer.url(), stripe);
    }

    /** The same, where the issuer is somebody else's. */
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

    /** The step before a start; another process, which ends. */
    public static PackagedService startMigration(Map<String, String> environment) {
        return startCommand(environment, command(List.of(), List.of("migrate")));
    }

    /** Both steps. */
    public static PackagedService startWithMigration(Map<String, String> environment) throws InterruptedException {
        migrate(environment);
        return start(environment);
    }

    /** Takes that step, and fails where it does. */
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

    /** Started in another way, or from another place. */
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

    /** Waits until it serves; an error with its log where it does not come to that. */
    public String url() throws InterruptedException {
        return "http://127.0.0.1:" + awaitListeningAddresses().group(1);
    }

    /** Where it tells how it is. */
    public String managementUrl() throws InterruptedException {
        return "http://127.0.0.1:" + awaitListeningAddresses().group(2);
    }

    private Matcher awaitListeningAddresses() throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
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

    /** Waits for its end. */
    public int exitCode() throws InterruptedException {
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            throw new IllegalStateException("The packaged service goes on:\n" + log());
        }
        return process.exitValue();
    }

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

    /** Asks it to end, as whoever runs it does before a new one takes its place. */
    public void requestShutdown() {
        process.destroy();
    }

    /** Ends it as the kernel does when memory runs out: at once, and without a word to it. */
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() {
        http.close();
        process.destroy();
        try {
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
