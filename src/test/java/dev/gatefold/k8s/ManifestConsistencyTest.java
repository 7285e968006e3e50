package dev.gatefold.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** References between the objects of each overlay: selectors, ports, routes and budgets. */
@EnabledIf(value = "dev.gatefold.k8s.KubernetesTools#kubectl", disabledReason = KubernetesTools.NO_KUBECTL)
@ParameterizedClass
@MethodSource("dev.gatefold.k8s.KustomizeOverlay#all")
record ManifestConsistencyTest(KustomizeOverlay overlay) {
    @Test
    void selectorsMatchOnlyReplicas() {
        JsonNode replica = overlay.deployment().template().orElseThrow();
        JsonNode migration = overlay.single("Job", _ -> true).template().orElseThrow();
        Stream<JsonNode> selectors = Stream.concat(
                overlay.ofKind("Service").map(it -> it.spec().path("selector")),
                Stream.of("Deployment", "PodDisruptionBudget")
                        .flatMap(overlay::ofKind)
                        .map(it -> it.spec().at("/selector/matchLabels")));

        assertThat(selectors).hasSizeGreaterThanOrEqualTo(3).allSatisfy(selector -> {
            assertThat(selector).isNotEmpty();
            assertThat(KubernetesManifest.selects(selector, replica)).isTrue();
            assertThat(KubernetesManifest.selects(selector, migration)).isFalse();
        });
        assertThat(KubernetesManifest.each(replica.at("/spec/topologySpreadConstraints")))
                .hasSize(2)
                .allMatch(spread -> KubernetesManifest.selects(spread.at("/labelSelector/matchLabels"), replica));
    }

    @Test
    void servicePortsExistInContainer() {
        List<String> ports = KubernetesManifest.each(
                        overlay.deployment().template().orElseThrow().at("/spec/containers/0/ports"))
                .map(port -> port.path("name").asText())
                .toList();

        assertThat(overlay.ofKind("Service")
                        .flatMap(it -> KubernetesManifest.each(it.spec().path("ports"))))
                .hasSize(2)
                .allMatch(port -> ports.contains(port.path("targetPort").asText()));
    }

    @Test
    void serviceMonitorsScrapeOnlyManagementPort() {
        assertThat(overlay.ofKind("ServiceMonitor")).allSatisfy(monitor -> {
            var requiredLabels = KubernetesManifest.labels(monitor.spec().at("/selector/matchLabels"))
                    .entrySet();
            KubernetesManifest scraped = overlay.single(
                    "Service", service -> service.labels().entrySet().containsAll(requiredLabels));
            assertThat(scraped.spec().at("/ports/0/name"))
                    .isEqualTo(monitor.spec().at("/endpoints/0/port"));
            assertThat(scraped.spec().at("/ports/0/targetPort").asText()).isEqualTo("management");
        });
    }

    @Test
    void networkPoliciesAllowOnlyRequiredPorts() {
        JsonNode replica = overlay.deployment().template().orElseThrow();
        JsonNode migration = overlay.single("Job", _ -> true).template().orElseThrow();

        assertThat(allowedPorts(replica, "ingress")).containsExactlyInAnyOrder(8080, 9000);
        assertThat(allowedPorts(replica, "egress"))
                .containsExactlyInAnyOrderElementsOf(
                        exportsTraces() ? List.of(53, 53, 5432, 443, 4317) : List.of(53, 53, 5432, 443));
        assertThat(allowedPorts(migration, "ingress")).isEmpty();
        assertThat(allowedPorts(migration, "egress")).containsExactlyInAnyOrder(53, 53, 5432);
    }

    private boolean exportsTraces() {
        return overlay.ofKind("ConfigMap")
                .anyMatch(it -> it.json().at("/data").has("QUARKUS_OTEL_EXPORTER_OTLP_ENDPOINT"));
    }

    private List<Integer> allowedPorts(JsonNode template, String direction) {
        return overlay.ofKind("NetworkPolicy")
                .filter(policy -> KubernetesManifest.selects(policy.spec().at("/podSelector/matchLabels"), template))
                .flatMap(policy -> KubernetesManifest.each(policy.spec().path(direction)))
                .flatMap(rule -> KubernetesManifest.each(rule.path("ports")))
                .map(port -> port.path("port").asInt())
                .toList();
    }

    @Test
    void routesTargetOnlyPublicPort() {
        assertThat(overlay.ofKind("HTTPRoute")
                        .flatMap(route -> KubernetesManifest.each(route.spec().path("rules")))
                        .flatMap(rule -> KubernetesManifest.each(rule.path("backendRefs"))))
                .allSatisfy(backend -> {
                    assertThat(backend.path("name").asText()).isEqualTo("gatefold");
                    assertThat(backend.path("port").asInt()).isEqualTo(8080);
                });
        assertThat(overlay.ofKind("HTTPRoute")
                        .flatMap(route -> KubernetesManifest.each(route.spec().path("rules")))
                        .flatMap(rule -> KubernetesManifest.each(rule.path("matches")))
                        .map(match -> match.at("/path/value").asText()))
                .noneMatch(
                        path -> path.equals("/") || path.startsWith("/dev") || path.matches("/q/?(health|metrics)?"));
    }

    @Test
    void disruptionBudgetKeepsOneReplicaDuringNodeDrain() {
        Optional<KubernetesManifest> autoscaler =
                overlay.ofKind("HorizontalPodAutoscaler").findAny();
        Optional<KubernetesManifest> budget =
                overlay.ofKind("PodDisruptionBudget").findAny();

        assertThat(budget.isPresent()).isEqualTo(autoscaler.isPresent());
        autoscaler.ifPresent(scaler -> {
            int minReplicas = scaler.spec().path("minReplicas").asInt();
            assertThat(scaler.spec().at("/scaleTargetRef/name").asText())
                    .isEqualTo(overlay.deployment().name());
            assertThat(overlay.deployment().spec().has("replicas")).isFalse();
            assertThat(budget.orElseThrow().spec().path("maxUnavailable").asInt())
                    .isPositive()
                    .isLessThan(minReplicas);
            assertThat(budget.orElseThrow().spec().has("minAvailable")).isFalse();
        });
    }

    @Test
    void rollingUpdateKeepsAllReplicasAvailable() {
        JsonNode rolling = overlay.deployment().spec().at("/strategy/rollingUpdate");

        assertThat(rolling.path("maxUnavailable").asText()).isEqualTo("0");
        assertThat(rolling.path("maxSurge").asInt()).isPositive();
    }

    @Test
    void gracePeriodLetsRequestsFinish() {
        JsonNode pod = overlay.deployment().template().orElseThrow().path("spec");
        int preStopSeconds =
                pod.at("/containers/0/lifecycle/preStop/sleep/seconds").asInt();

        assertThat(preStopSeconds).isPositive();
        assertThat(pod.path("terminationGracePeriodSeconds").asInt()).isGreaterThanOrEqualTo(preStopSeconds + 30);
    }

    @Test
    void everyReleaseHasItsOwnMigrationJob() {
        KubernetesManifest migration = overlay.single("Job", _ -> true);
        String release = migration.labels().get("app.kubernetes.io/version");

        assertThat(release).isNotBlank();
        assertThat(migration.name())
                .isEqualTo("gatefold-migration-" + release)
                // Leaves 11 of 63 characters for the suffixes of pod names.
                .hasSizeLessThanOrEqualTo(52)
                .matches("[a-z0-9]([a-z0-9-]*[a-z0-9])?");
        assertThat(overlay.deployment().labels()).containsEntry("app.kubernetes.io/version", release);
        JsonNode container = migration.template().orElseThrow().at("/spec/containers/0");
        assertThat(container.path("args")).extracting(JsonNode::asText).containsExactly("migrate");
        assertThat(container.path("env").toString()).contains("gatefold-db-rw").doesNotContain("pooler");
    }
}
