package dev.gatefold.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** Alerts and dashboards: the metrics that they use, and the runbook entry of each alert. */
class MonitoringRulesTest {
    private static final Path FOLDER = Path.of("k8s/components/monitoring");
    private static final Path UNIT_TESTS = Path.of("src/test/resources/k8s/alerts-test.yaml");

    /** A metric in an expression. Names of recording rules contain colons, and do not match. */
    private static final Pattern METRIC = Pattern.compile("(?<![\\w:\"])([a-z]+(?:_[a-z]+)+)(?=[{\\[])");

    private static final Pattern REGISTERED =
            Pattern.compile("(?:counter|gauge|builder)\\(\\s*\"(gatefold\\.[a-z.]+)\"");

    /** Metrics of libraries and of kube-state-metrics. */
    private static final Set<String> EXTERNAL_METRICS = Set.of(
            "http_server_requests_seconds_count",
            "http_server_requests_seconds_sum",
            "http_server_requests_seconds_bucket",
            "cache_gets_total",
            "jvm_memory_used_bytes",
            "jvm_memory_max_bytes",
            "process_cpu_usage",
            "kube_job_failed",
            "kube_deployment_spec_replicas",
            "kube_deployment_status_replicas_available");

    @Test
    void dashboardsAndAlertsUseOnlyRegisteredMetrics() throws IOException {
        Set<String> used = Stream.concat(expressions(rules()), expressions(dashboard()))
                .flatMap(expression -> METRIC.matcher(expression).results().map(it -> it.group(1)))
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> registered = registeredMetrics();

        assertThat(used).hasSizeGreaterThan(15);
        assertThat(used).filteredOn(name -> !name.startsWith("gatefold_")).isSubsetOf(EXTERNAL_METRICS);
        assertThat(used)
                .filteredOn(name -> name.startsWith("gatefold_"))
                .hasSizeGreaterThan(7)
                .allMatch(name -> registered.contains(name.replaceAll("_total$|_seconds_(count|sum|bucket)$", "")));
    }

    @Test
    void everyAlertDescribesMeaningAndAction() throws IOException {
        List<JsonNode> alerts = alerts();
        List<String> runbook = Files.readAllLines(Path.of("docs/runbook.md"));

        assertThat(alerts).hasSizeGreaterThan(10).allSatisfy(alert -> {
            String name = alert.path("alert").asText();
            assertThat(name).startsWith("Gatefold");
            assertThat(alert.at("/labels/severity").asText()).isIn("page", "ticket");
            assertThat(alert.at("/annotations/summary").asText()).isNotBlank();
            assertThat(alert.at("/annotations/description").asText()).isNotBlank();
            assertThat(alert.at("/annotations/runbook").asText())
                    .isEqualTo("docs/runbook.md#" + name.toLowerCase(Locale.ROOT));
            assertThat(runbook).contains("## " + name);
        });
        assertThat(alerts.stream().map(alert -> alert.path("alert").asText())).doesNotHaveDuplicates();
    }

    /** Runs the rules with promtool against the series of alerts-test.yaml. */
    @Test
    @EnabledIf(value = "dev.gatefold.k8s.KubernetesTools#promtool", disabledReason = KubernetesTools.NO_PROMTOOL)
    void alertRulesPassPromtoolTests(@TempDir Path folder) throws Exception {
        new YAMLMapper().writeValue(folder.resolve("rules.yaml").toFile(), rules().path("spec"));
        Files.copy(UNIT_TESTS, folder.resolve("alerts-test.yaml"));

        Process promtool = new ProcessBuilder("promtool", "test", "rules", "alerts-test.yaml")
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();

        assertThat(new String(promtool.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .contains("SUCCESS");
        assertThat(promtool.waitFor()).isZero();
    }

    private static JsonNode rules() throws IOException {
        return new YAMLMapper().readTree(FOLDER.resolve("alerts.yaml").toFile());
    }

    private static JsonNode dashboard() throws IOException {
        return new ObjectMapper().readTree(FOLDER.resolve("dashboard.json").toFile());
    }

    private static List<JsonNode> alerts() throws IOException {
        return KubernetesManifest.each(rules().at("/spec/groups"))
                .flatMap(group -> KubernetesManifest.each(group.path("rules")))
                .filter(rule -> rule.has("alert"))
                .toList();
    }

    private static Stream<String> expressions(JsonNode json) {
        return json.findValuesAsText("expr").stream();
    }

    /** Returns the metrics in the main sources by their Prometheus names, without suffixes such as {@code _total}. */
    private static Set<String> registeredMetrics() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .flatMap(file -> REGISTERED.matcher(read(file)).results().map((MatchResult it) -> it.group(1)))
                    .map(name -> name.replace('.', '_'))
                    .collect(Collectors.toSet());
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
