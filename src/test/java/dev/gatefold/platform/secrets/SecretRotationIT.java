package dev.gatefold.platform.secrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gatefold.passes.keys.PemKeyFiles;
import dev.gatefold.sandbox.control.MovableClock;
import dev.gatefold.sandbox.database.LocalPostgres;
import dev.gatefold.sandbox.issuer.SandboxIssuer;
import dev.gatefold.sandbox.issuer.SandboxTokenSigner;
import dev.gatefold.sandbox.issuer.SandboxUser;
import dev.gatefold.sandbox.stripe.StripeSandbox;
import dev.gatefold.testing.PackagedService;
import dev.gatefold.testing.StripeWebhookClient;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each secret is replaced while the service runs, without a failed request. */
class SecretRotationIT {
    /** A client that sends requests continuously and counts the responses. */
    private record RotationClient(String name, Callable<HttpResponse<String>> request, AtomicInteger served) {}

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Clock MACHINE = Clock.systemUTC();
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String OTHER_KEY = "sk_test_another";
    private static final String OTHER_SECRET = "whsec_another";
    private static final String FIRST = "first ${password}$$";
    private static final String SECOND = "second, 'quoted' \\$";

    private final HttpClient http = HttpClient.newHttpClient();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Queue<String> failures = new ConcurrentLinkedQueue<>();
    private final List<RotationClient> users = new ArrayList<>();
    private volatile String signedWith;

    private LocalPostgres postgres;
    private Connection database;
    private SandboxIssuer issuer;
    private StripeSandbox stripe;
    private MountedSecrets secrets;
    private PackagedService service;

    @BeforeEach
    void startService(@TempDir Path folder) throws Exception {
        postgres = LocalPostgres.ephemeral();
        database = DriverManager.getConnection(postgres.settings().get("quarkus.datasource.jdbc.url"));
        issuer = SandboxIssuer.startOnFreePort(SandboxTokenSigner.withNewKey());
        stripe = StripeSandbox.startOnFreePort(new MovableClock());
        signedWith = stripe.webhookSecret();
        requirePasswords();
        secrets = new MountedSecrets(folder);
        secrets.replaceFiles(Map.of(
                "database-username", "gatefold",
                "database-password", FIRST + "\n",
                "stripe-api-key", stripe.apiKey(),
                "stripe-webhook-secrets", stripe.webhookSecret(),
                "pass-keys/current.pem", key(),
                "pass-keys/next.pem", key()));
        service = PackagedService.startWithMigration(environment());
        service.url();
    }

    @AfterEach
    void stopService() throws SQLException {
        threads.shutdownNow();
        threads.close();
        service.close();
        database.close();
        stripe.close();
        issuer.close();
        postgres.close();
        http.close();
    }

    @Test
    void requestsSucceedDuringEverySecretRotation() throws Exception {
        startBackgroundCallers();

        rotateDatabasePassword();
        rotateWebhookSecret();
        rotateStripeApiKey();
        rotatePassSigningKeys();

        awaitNextResponseOfEveryCaller();
        assertThat(failures).isEmpty();
        assertThat(service.log())
                .doesNotContain("ERROR", FIRST, SECOND, OTHER_KEY, OTHER_SECRET)
                .doesNotContain(stripe.apiKey(), stripe.webhookSecret());
    }

    /** Connections live for one second, so that new ones use the new password; the invalidation connection is cut. */
    private void rotateDatabasePassword() throws Exception {
        String since = text("select clock_timestamp()::text");
        database.setAutoCommit(false);
        execute("alter role gatefold password '" + SECOND.replace("'", "''") + "'");
        secrets.replaceFiles(Map.of("database-password", SECOND));
        database.commit();
        database.setAutoCommit(true);

        String old = "select count(*) from pg_stat_activity where usename = 'gatefold' and backend_start < '%s'"
                .formatted(since);
        await().atMost(PATIENCE).until(() -> Integer.parseInt(text(old)) <= 1);
        execute("""
                select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'gatefold cache invalidation'
                """);
        await().atMost(PATIENCE).until(() -> Integer.parseInt(text(old)) == 0);
        await().atMost(PATIENCE)
                .until(() -> service.getManagement("/q/metrics").body().contains("gatefold_cache_invalidation_up 1.0"));
        awaitNextResponseOfEveryCaller();
    }

    private void rotateWebhookSecret() throws Exception {
        String old = signedWith;
        secrets.replaceFiles(Map.of("stripe-webhook-secrets", old + "\n" + OTHER_SECRET + "\n"));
        await().atMost(PATIENCE).until(() -> deliver(OTHER_SECRET).statusCode() == 200);
        signedWith = OTHER_SECRET;
        awaitNextResponseOfEveryCaller();

        secrets.replaceFiles(Map.of("stripe-webhook-secrets", OTHER_SECRET));

        await().atMost(PATIENCE).until(() -> deliver(old).statusCode() == 400);
        awaitNextResponseOfEveryCaller();
    }

    private void rotateStripeApiKey() throws Exception {
        stripe.setAcceptedApiKeys(stripe.apiKey(), OTHER_KEY);
        secrets.replaceFiles(Map.of("stripe-api-key", OTHER_KEY));
        await().atMost(PATIENCE).until(() -> service.log().contains("Secrets have changed: [gatefold.stripe.api-key]"));
        awaitNextResponseOfEveryCaller();

        stripe.setAcceptedApiKeys(OTHER_KEY);

        awaitNextResponseOfEveryCaller();
    }

    private void rotatePassSigningKeys() throws Exception {
        List<String> published = publishedKeyIds();
        assertThat(published).hasSize(2);
        assertThat(currentSigningKeyId()).isEqualTo(published.getFirst());
        String current = Files.readString(secrets.folder().resolve("pass-keys/current.pem"));
        String next = Files.readString(secrets.folder().resolve("pass-keys/next.pem"));

        secrets.replaceFiles(
                Map.of("pass-keys/current.pem", next, "pass-keys/next.pem", key(), "pass-keys/old.pem", current));

        await().atMost(PATIENCE).until(() -> currentSigningKeyId().equals(published.getLast()));
        assertThat(publishedKeyIds()).hasSize(3).containsAll(published);
        awaitNextResponseOfEveryCaller();
    }

    private void startBackgroundCallers() throws Exception {
        assertThat(send("/v1/accounts", "{\"startTrial\": true}", reader()).statusCode())
                .isEqualTo(201);
        assertThat(send("/v1/me/checkout", "{\"plan\": \"membership\", \"interval\": \"MONTH\"}", reader())
                        .statusCode())
                .isEqualTo(201);
        startCaller("who looks at an account", () -> send("/v1/me", null, reader()));
        startCaller("Stripe", () -> deliver(signedWith));
        startCaller("who looks after a membership", () -> send("/v1/me/portal", "", reader()));
        startCaller("who asks for a pass", () -> send("/v1/me/passes", "{\"for\": \"edge\"}", reader()));
        awaitNextResponseOfEveryCaller();
    }

    private void startCaller(String name, Callable<HttpResponse<String>> request) {
        RotationClient user = new RotationClient(name, request, new AtomicInteger());
        users.add(user);
        threads.execute(() -> {
            while (!Thread.currentThread().isInterrupted()) {
                callRepeatedly(user);
            }
        });
    }

    private void callRepeatedly(RotationClient user) {
        try {
            HttpResponse<String> answer = user.request.call();
            if (answer.statusCode() / 100 != 2) {
                failures.add(user.name + ": " + answer.statusCode() + " " + answer.body());
            }
            user.served.incrementAndGet();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception e) {
            failures.add(user.name + ": " + e);
        }
    }

    /** Waits for two complete requests of the client. */
    private void awaitNextResponseOfEveryCaller() {
        Map<RotationClient, Integer> before = new HashMap<>();
        users.forEach(user -> before.put(user, user.served.get()));
        await().atMost(PATIENCE)
                .until(() -> users.stream().allMatch(user -> user.served.get() >= before.get(user) + 2));
        assertThat(failures).isEmpty();
    }

    private String reader() {
        return issuer.accessToken(SandboxUser.of("ida"));
    }

    private HttpResponse<String> deliver(String secret) throws IOException, InterruptedException {
        byte[] body = StripeWebhookClient.eventJson(
                        "evt_" + UUID.randomUUID(), "product.created", "{\"object\": \"product\"}")
                .getBytes(StandardCharsets.UTF_8);
        return http.send(
                to("/v1/webhooks/stripe")
                        .header("Stripe-Signature", StripeWebhookClient.signature(body, secret, MACHINE.instant()))
                        .POST(BodyPublishers.ofByteArray(body))
                        .build(),
                BodyHandlers.ofString());
    }

    private HttpResponse<String> send(String path, String body, String token) throws IOException, InterruptedException {
        var request = to(path).header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", UUID.randomUUID().toString());
        return http.send(
                (body == null ? request.GET() : request.POST(BodyPublishers.ofString(body))).build(),
                BodyHandlers.ofString());
    }

    private HttpRequest.Builder to(String path) throws InterruptedException {
        return HttpRequest.newBuilder(URI.create(service.url() + path));
    }

    private List<String> publishedKeyIds() throws Exception {
        return JSON.readTree(service.get("/.well-known/jwks.json").body()).findValuesAsText("kid");
    }

    private String currentSigningKeyId() throws Exception {
        String pass = JSON.readTree(
                        send("/v1/me/passes", "{\"for\": \"edge\"}", reader()).body())
                .path("pass")
                .asText();
        return JSON.readTree(Base64.getUrlDecoder().decode(pass.split("\\.")[0]))
                .path("kid")
                .asText();
    }

    private static String key() throws IOException {
        var pair = PemKeyFiles.generateKeyPair();
        return Files.readString(PemKeyFiles.writePrivateKey(Path.of("target"), pair, pair));
    }

    /** Returns the environment without secrets, which are in files. */
    private Map<String, String> environment() {
        Map<String, String> environment = new HashMap<>(PackagedService.environment(postgres, issuer, stripe));
        environment
                .keySet()
                .removeAll(List.of(
                        "QUARKUS_DATASOURCE_USERNAME",
                        "QUARKUS_DATASOURCE_PASSWORD",
                        "GATEFOLD_STRIPE_API_KEY",
                        "GATEFOLD_STRIPE_WEBHOOK_SECRETS"));
        environment.put("QUARKUS_DATASOURCE_JDBC_URL", "jdbc:postgresql://127.0.0.1:" + postgres.port() + "/postgres");
        environment.put("QUARKUS_DATASOURCE_JDBC_MAX_LIFETIME", "PT1S");
        environment.put("GATEFOLD_SECRETS", secrets.folder().toString());
        for (String who : List.of("READER", "VISITOR", "SERVICE", "STAFF")) {
            environment.put("GATEFOLD_LIMITS_" + who, "1000000000");
        }
        return environment;
    }

    /** The sandbox database trusts all connections; this role needs a password. */
    private void requirePasswords() throws Exception {
        execute("create role gatefold login password '" + FIRST + "'");
        execute("alter database postgres owner to gatefold");
        Files.writeString(Path.of(text("show hba_file")), """
                host all gatefold 127.0.0.1/32 scram-sha-256
                host all postgres 127.0.0.1/32 trust
                host all postgres ::1/128 trust
                local all postgres trust
                """);
        assertThat(text("select pg_reload_conf()")).isEqualTo("t");
    }

    private String text(String sql) throws SQLException {
        try (var statement = database.createStatement();
                var rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }

    private void execute(String sql) throws SQLException {
        try (var statement = database.createStatement()) {
            statement.execute(sql);
        }
    }
}
