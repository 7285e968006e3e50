package dev.gatefold.platform.startup;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gatefold.sandbox.control.MovableClock;
import dev.gatefold.sandbox.database.LocalPostgres;
import dev.gatefold.sandbox.issuer.SandboxIssuer;
import dev.gatefold.sandbox.issuer.SandboxTokenSigner;
import dev.gatefold.sandbox.stripe.StripeSandbox;
import dev.gatefold.testing.PackagedService;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The files of the container image, laid out and started as the Dockerfile says, by a user with read access only. No image
 * is built.
 */
class ContainerImageIT {
    private static final Path DOCKERFILE = Path.of("src/main/docker/Dockerfile");

    @Test
    void imageStartsFromReadOnlyFileSystem(@TempDir Path root) throws Exception {
        copyImageFiles(root);
        List<String> command = new ArrayList<>(commandAsUnprivilegedUser());
        command.add(ProcessHandle.current().info().command().orElseThrow());
        command.addAll(entrypoint(root));

        try (LocalPostgres postgres = LocalPostgres.ephemeral();
                SandboxIssuer issuer = SandboxIssuer.startOnFreePort(SandboxTokenSigner.withNewKey());
                StripeSandbox stripe = StripeSandbox.startOnFreePort(new MovableClock());
                PackagedService service =
                        migratedAndRun(PackagedService.environment(postgres, issuer, stripe), command)) {
            assertThat(service.getManagement("/q/health/ready").statusCode()).isEqualTo(200);
            assertThat(service.get("/v1/sources/toms-guide").statusCode()).isEqualTo(200);
            assertThat(service.get("/wall?url=https%3A%2F%2Fwww.tomsguide.com%2Fai%2Fa")
                            .statusCode())
                    .isEqualTo(200);
            assertThat(service.log()).doesNotContain("WARN", "ERROR");
        } finally {
            setPermissions(root, "rwxr-xr-x");
        }
    }

    private static PackagedService migratedAndRun(Map<String, String> environment, List<String> command)
            throws InterruptedException {
        try (PackagedService migration = PackagedService.startCommand(
                environment,
                Stream.concat(command.stream(), Stream.of("migrate")).toList())) {
            assertThat(migration.exitCode()).as(migration::log).isZero();
        }
        return PackagedService.startCommand(environment, command);
    }

    @Test
    void dockerfileUsesUnprivilegedUserAndRunsNoBuildCommands() throws IOException {
        assertThat(instructions("USER")).containsExactly("10001:10001");
        assertThat(instructions("FROM")).hasSize(1);
        assertThat(instructions("RUN")).isEmpty();
        assertThat(instructions("ADD")).isEmpty();
        assertThat(instructions("COPY")).isNotEmpty().allMatch(copy -> copy.startsWith("target/quarkus-"));
    }

    private static void copyImageFiles(Path root) throws IOException {
        for (String copy : instructions("COPY")) {
            String[] words = copy.split(" ");
            Path from = Path.of(words[0]);
            Path to = root.resolve(words[1].substring(1));
            Files.createDirectories(to.getParent());
            try (Stream<Path> files = Files.walk(from)) {
                for (Path file : files.toList()) {
                    Files.copy(file, to.resolve(from.relativize(file).toString()));
                }
            }
        }
        setPermissions(root, "r-xr-xr-x");
    }

    private static void setPermissions(Path root, String permissions) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            files.filter(Files::isDirectory).toList().forEach(folder -> {
                try {
                    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString(permissions));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }

    /** Runs as the user of the image, because root could write everywhere. */
    private static List<String> commandAsUnprivilegedUser() throws IOException {
        if (!System.getProperty("user.name").equals("root")) {
            return List.of();
        }
        String[] who = instructions("USER").getFirst().split(":");
        return List.of(
                "setpriv",
                "--reuid=" + who[0],
                "--regid=" + who[1],
                "--clear-groups",
                "--no-new-privs",
                "--bounding-set=-all",
                "--inh-caps=-all");
    }

    /** Without "java", which is replaced by the JVM of the tests. */
    private static List<String> entrypoint(Path root) throws IOException {
        String[] words = new ObjectMapper().readValue(instructions("ENTRYPOINT").getFirst(), String[].class);
        assertThat(words[0]).isEqualTo("java");
        return Stream.of(words)
                .skip(1)
                .map(word -> word.startsWith("/app/") ? root + word : word)
                .toList();
    }

    private static List<String> instructions(String name) throws IOException {
        try (Stream<String> lines = Files.lines(DOCKERFILE)) {
            return lines.filter(line -> line.startsWith(name + " "))
                    .map(line -> line.substring(name.length() + 1))
                    .toList();
        }
    }
}
