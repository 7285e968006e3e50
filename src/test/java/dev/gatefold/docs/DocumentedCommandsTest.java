package dev.gatefold.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatefold.testing.ServiceTest;
import dev.gatefold.web.SiteConfig;
import io.restassured.RestAssured;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Runs the shell commands of the README and the documents against the service. All {@code sh} blocks of one document are
 * one script, in which each command must succeed and each request must have a status below 400.
 */
@ServiceTest
class DocumentedCommandsTest {
    private static final Path README = Path.of("README.md");
    private static final Pattern COMMANDS = Pattern.compile("^```sh\\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);
    private static final Pattern ANSWER = Pattern.compile("^```json\\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);
    private static final int TIMEOUT_SECONDS = 120;

    /** Texts that the output of each document's commands must contain. */
    private static final Map<String, List<String>> OUTPUT = Map.of(
            "README.md", List.of("SIGN_UP_REQUIRED", "\"TRIAL\"", "TRIAL_ENDED", "\"MEMBER\"", "CANCELING"),
            "docs/reading-passes.md", List.of("granted: true", "\"items\""),
            "docs/catalog-and-rules.md",
                    List.of("\"retired\":0", "\"complete\":true", "\"granted\":false", "\"granted\":true"),
            "docs/personal-data.md", List.of("202 Accepted"),
            "docs/search-engines.md", List.of("NewsArticle"));

    /** Documents whose commands need a Keycloak, a cluster or a production installation. */
    private static final Set<String> NOT_RUN =
            Set.of("docs/keycloak.md", "docs/kubernetes.md", "docs/runbook.md", "docs/extending.md");

    @Inject
    ObjectMapper json;

    @Inject
    SiteConfig site;

    @BeforeAll
    static void requireShell() {
        Assumptions.assumeTrue(
                run("curl --json '{}' --version && node --version && date -ud '1 minute'")
                                .exit()
                        == 0,
                "NOT TESTED: documented commands, which need bash, curl 7.82, GNU date and node");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "README.md",
                "docs/reading-passes.md",
                "docs/catalog-and-rules.md",
                "docs/personal-data.md",
                "docs/search-engines.md"
            })
    void documentedCommandsSucceed(String document) {
        ShellResult result = runCommandsOf(Path.of(document));

        assertThat(result.exit()).as(result.output()).isZero();
        assertThat(result.output()).contains(OUTPUT.get(document));
    }

    @Test
    void readmeShowsTheAnswerThatItsCommandsPrint() throws IOException {
        String output = runCommandsOf(README).output();
        JsonNode printed = json.readTree(output.lines()
                .filter(line -> line.contains("TRIAL_ENDED"))
                .findFirst()
                .orElseThrow(() -> new AssertionError(output)));
        JsonNode shown = json.readTree(blocks(README, ANSWER).findFirst().orElseThrow());

        assertThat(withoutVaryingMembers(printed)).isEqualTo(withoutVaryingMembers(shown));
    }

    @Test
    void everyDocumentWithCommandsIsRunOrNamed() throws IOException {
        try (Stream<Path> docs = Files.list(Path.of("docs"))) {
            Set<String> withCommands = Stream.concat(docs, Stream.of(README))
                    .filter(file -> file.toString().endsWith(".md"))
                    .filter(file -> blocks(file, COMMANDS).findAny().isPresent())
                    .map(Path::toString)
                    .collect(Collectors.toSet());

            assertThat(withCommands)
                    .isSubsetOf(Stream.concat(OUTPUT.keySet().stream(), NOT_RUN.stream())
                            .collect(Collectors.toSet()));
        }
    }

    private ShellResult runCommandsOf(Path document) {
        String commands = blocks(document, COMMANDS).collect(Collectors.joining("\n"));
        // Passes name the configured public URL as their issuer, whatever port the test uses.
        String host = "localhost:" + RestAssured.port;
        String script = commands.replace("localhost:8080", host)
                .replace("issuer: 'http://" + host + "'", "issuer: '" + site.url() + "'")
                // Each run signs up new readers.
                .replaceAll("\"subject\": \"(zoe|pia|lea)\"", "\"subject\": \"$1-" + System.nanoTime() + "\"");
        return run(script);
    }

    private static Stream<String> blocks(Path document, Pattern pattern) {
        try {
            return pattern.matcher(Files.readString(document)).results().map((MatchResult block) -> block.group(1));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode withoutVaryingMembers(JsonNode decision) {
        return ((ObjectNode) decision.deepCopy()).without(List.of("asOf", "validUntil", "version", "id"));
    }

    private record ShellResult(int exit, String output) {}

    private static ShellResult run(String script) {
        try {
            Path output = Files.createTempFile("documented-commands", ".txt");
            Process shell = new ProcessBuilder(
                            "bash",
                            "-euo",
                            "pipefail",
                            "-c",
                            "curl() { command curl --fail-with-body \"$@\"; }\n" + script)
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            shell.getOutputStream().close();
            boolean exited = shell.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS);
            shell.destroyForcibly();
            String text = Files.readString(output);
            Files.delete(output);
            return new ShellResult(exited ? shell.exitValue() : -1, text);
        } catch (IOException e) {
            return new ShellResult(-1, e.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
