package dev.gatefold.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** What the pods of our image may do, and what may reach them. */
@EnabledIf(value = "dev.gatefold.k8s.Installed#kubectl", disabledReason = Installed.NO_KUBECTL)
@ParameterizedClass
@MethodSource("dev.gatefold.k8s.Overlay#all")
record HardenedTest(Overlay overlay) {
    @Test
    void isRestrictedByTheClusterToo() {
        assertThat(overlay.only("Namespace", _ -> true).labels())
                .containsEntry("pod-security.kubernetes.io/enforce", "restricted");
    }

    @Test
    void runsAsNobodyInParticular() {
        assertThat(overlay.workloads()).hasSize(2).allSatisfy(workload -> {
            JsonNode pod = pod(workload);
            assertThat(pod.at("/securityContext/runAsNonRoot").asBoolean()).isTrue();
            assertThat(pod.at("/securityContext/runAsUser").asInt()).isGreaterThan(10_000);
            assertThat(pod.at("/securityContext/seccompProfile/type").asText()).isEqualTo("RuntimeDefault");
            assertThat(pod.path("automountServiceAccountToken").asBoolean(true)).isFalse();
            assertThat(pod.path("serviceAccountName").asText()).isEqualTo("gatefold");
            assertThat(pod.path("enableServiceLinks").asBoolean(true)).isFalse();
            assertThat(pod.has("hostNetwork") || pod.has("hostPID") || pod.has("hostIPC"))
                    .isFalse();
        });
        assertThat(overlay.only("ServiceAccount", _ -> true)
                        .json()
                        .path("automountServiceAccountToken")
                        .asBoolean(true))
                .isFalse();
    }

    @Test
    void mayDoNothingButWriteToItsTemporaryFolder() {
        assertThat(overlay.workloads().flatMap(HardenedTest::containers))
                .hasSize(2)
                .allSatisfy(container -> {
                    JsonNode context = container.path("securityContext");
                    assertThat(context.path("allowPrivilegeEscalation").asBoolean(true))
                            .isFalse();
                    assertThat(context.path("readOnlyRootFilesystem").asBoolean())
                            .isTrue();
                    assertThat(context.path("privileged").asBoolean()).isFalse();
                    assertThat(context.at("/capabilities/drop")).hasToString("[\"ALL\"]");
                    assertThat(context.at("/capabilities").has("add")).isFalse();
                    assertThat(Manifest.each(container.path("volumeMounts"))
                                    .filter(mount -> !mount.path("readOnly").asBoolean())
                                    .map(mount -> mount.path("mountPath").asText()))
                            .containsExactly("/tmp");
                });
    }

    @Test
    void isTheImageThatWasBuilt() {
        assertThat(overlay.workloads()
                        .flatMap(HardenedTest::containers)
                        .map(it -> it.path("image").asText()))
                .hasSize(2)
                .allMatch(image -> image.matches("[^@]+/gatefold@sha256:[0-9a-f]{64}"))
                .containsOnly(
                        pod(overlay.deployment()).at("/containers/0/image").asText());
        assertThat(overlay.of("Cluster").map(it -> it.spec().path("imageName").asText()))
                .allMatch(image -> image.matches(".+:[0-9]+\\.[0-9]+[^:]*"));
        assertThat(overlay.manifests())
                .noneMatch(manifest -> manifest.json().toString().contains(":latest"));
    }

    @Test
    void takesNoMoreThanItsShare() {
        assertThat(overlay.workloads().flatMap(HardenedTest::containers)).allSatisfy(container -> {
            JsonNode resources = container.path("resources");
            assertThat(resources.at("/requests/cpu").asText()).isNotBlank();
            assertThat(resources.at("/limits/memory").asText())
                    .isNotBlank()
                    .isEqualTo(resources.at("/requests/memory").asText());
            assertThat(resources.at("/limits/ephemeral-storage").asText()).isNotBlank();
            // without a limit the JVM would make threads for the whole node
            assertThat(resources.at("/limits").has("cpu")).isFalse();
            assertThat(container.path("env").toString()).contains("-XX:ActiveProcessorCount=");
        });
    }

    @Test
    void isAskedHowItIsWhereNobodyElseAsks() {
        JsonNode container = pod(overlay.deployment()).at("/containers/0");

        assertThat(Map.of("startupProbe", "started", "readinessProbe", "ready", "livenessProbe", "live"))
                .allSatisfy((probe, path) -> {
                    assertThat(container.path(probe).at("/httpGet/port").asText())
                            .isEqualTo("management");
                    assertThat(container.path(probe).at("/httpGet/path").asText())
                            .isEqualTo("/q/health/" + path);
                    assertThat(container.path(probe).path("timeoutSeconds").asInt())
                            .isPositive();
                });
        assertThat(Manifest.each(container.path("ports")).map(JsonNode::toString))
                .anyMatch(port -> port.contains("\"management\"") && port.contains("9000"));
    }

    @Test
    void keepsWhatIsSecretOutOfItsEnvironment() {
        assertThat(overlay.of("Secret")).isEmpty();
        assertThat(overlay.workloads().flatMap(HardenedTest::containers)).allSatisfy(container -> {
            assertThat(container.toString()).doesNotContain("secretKeyRef", "secretRef");
            assertThat(Manifest.each(container.path("volumeMounts"))
                            .map(it -> it.path("mountPath").asText()))
                    .contains("/run/secrets/gatefold");
        });
        assertThat(overlay.workloads().map(HardenedTest::pod))
                .allSatisfy(pod -> assertThat(Manifest.each(pod.at("/volumes/0/projected/sources"))
                                .flatMap(source -> Manifest.each(source.at("/secret/items")))
                                .map(item -> item.path("path").asText()))
                        .contains("database-password", "stripe-api-key", "stripe-webhook-secrets")
                        .doesNotHaveDuplicates());
        assertThat(overlay.of("ConfigMap").map(it -> it.json().path("data").toString()))
                .noneMatch(data -> data.matches("(?is).*(_PASSWORD|API_KEY|WEBHOOK_SECRETS|CLIENT_SECRET)\".*"));
    }

    @Test
    void isDeniedWhatIsNotAllowed() {
        Manifest everything = overlay.only("NetworkPolicy", it -> it.name().equals("default-deny"));

        assertThat(everything.spec().path("podSelector").isEmpty()).isTrue();
        assertThat(everything.spec().path("policyTypes")).hasToString("[\"Ingress\",\"Egress\"]");
        assertThat(everything.spec().has("ingress") || everything.spec().has("egress"))
                .isFalse();
        assertThat(overlay.of("NetworkPolicy").filter(it -> !it.equals(everything)))
                .allSatisfy(policy -> {
                    assertThat(policy.spec().at("/podSelector/matchLabels").isEmpty())
                            .isFalse();
                    assertThat(rules(policy))
                            .allSatisfy(rule -> assertThat(rule.path("ports")).isNotEmpty());
                    assertThat(Manifest.each(policy.spec().path("ingress")))
                            .allSatisfy(rule -> assertThat(rule.path("from")).isNotEmpty());
                });
    }

    private static Stream<JsonNode> rules(Manifest policy) {
        return Stream.of("ingress", "egress")
                .flatMap(way -> Manifest.each(policy.spec().path(way)));
    }

    private static JsonNode pod(Manifest workload) {
        return workload.template().orElseThrow().path("spec");
    }

    private static Stream<JsonNode> containers(Manifest workload) {
        return List.of("initContainers", "containers").stream()
                .flatMap(list -> Manifest.each(pod(workload).path(list)));
    }
}
