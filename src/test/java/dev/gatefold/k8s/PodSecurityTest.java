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

/** Privileges, resources, secrets and network access of the service's pods. */
@EnabledIf(value = "dev.gatefold.k8s.KubernetesTools#kubectl", disabledReason = KubernetesTools.NO_KUBECTL)
@ParameterizedClass
@MethodSource("dev.gatefold.k8s.KustomizeOverlay#all")
record PodSecurityTest(KustomizeOverlay overlay) {
    @Test
    void namespaceEnforcesRestrictedPodSecurity() {
        assertThat(overlay.single("Namespace", _ -> true).labels())
                .containsEntry("pod-security.kubernetes.io/enforce", "restricted");
    }

    @Test
    void podsRunAsUnprivilegedUser() {
        assertThat(overlay.workloads()).hasSize(2).allSatisfy(workload -> {
            JsonNode pod = podSpec(workload);
            assertThat(pod.at("/securityContext/runAsNonRoot").asBoolean()).isTrue();
            assertThat(pod.at("/securityContext/runAsUser").asInt()).isGreaterThan(10_000);
            assertThat(pod.at("/securityContext/seccompProfile/type").asText()).isEqualTo("RuntimeDefault");
            assertThat(pod.path("automountServiceAccountToken").asBoolean(true)).isFalse();
            assertThat(pod.path("serviceAccountName").asText()).isEqualTo("gatefold");
            assertThat(pod.path("enableServiceLinks").asBoolean(true)).isFalse();
            assertThat(pod.has("hostNetwork") || pod.has("hostPID") || pod.has("hostIPC"))
                    .isFalse();
        });
        assertThat(overlay.single("ServiceAccount", _ -> true)
                        .json()
                        .path("automountServiceAccountToken")
                        .asBoolean(true))
                .isFalse();
    }

    @Test
    void containersCanWriteOnlyToTmp() {
        assertThat(overlay.workloads().flatMap(PodSecurityTest::containers))
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
                    assertThat(KubernetesManifest.each(container.path("volumeMounts"))
                                    .filter(mount -> !mount.path("readOnly").asBoolean())
                                    .map(mount -> mount.path("mountPath").asText()))
                            .containsExactly("/tmp");
                });
    }

    @Test
    void containersUseImageByDigest() {
        assertThat(overlay.workloads()
                        .flatMap(PodSecurityTest::containers)
                        .map(it -> it.path("image").asText()))
                .hasSize(2)
                .allMatch(image -> image.matches("[^@]+/gatefold@sha256:[0-9a-f]{64}"))
                .containsOnly(
                        podSpec(overlay.deployment()).at("/containers/0/image").asText());
        assertThat(overlay.ofKind("Cluster")
                        .map(it -> it.spec().path("imageName").asText()))
                .allMatch(image -> image.matches(".+:[0-9]+\\.[0-9]+[^:]*"));
        assertThat(overlay.manifests())
                .noneMatch(manifest -> manifest.json().toString().contains(":latest"));
    }

    @Test
    void containersDeclareResourceLimits() {
        assertThat(overlay.workloads().flatMap(PodSecurityTest::containers)).allSatisfy(container -> {
            JsonNode resources = container.path("resources");
            assertThat(resources.at("/requests/cpu").asText()).isNotBlank();
            assertThat(resources.at("/limits/memory").asText())
                    .isNotBlank()
                    .isEqualTo(resources.at("/requests/memory").asText());
            assertThat(resources.at("/limits/ephemeral-storage").asText()).isNotBlank();
            // Without a CPU limit, the JVM would size its thread pools for all processors of the node.
            assertThat(resources.at("/limits").has("cpu")).isFalse();
            assertThat(container.path("env").toString()).contains("-XX:ActiveProcessorCount=");
        });
    }

    @Test
    void probesUseManagementPort() {
        JsonNode container = podSpec(overlay.deployment()).at("/containers/0");

        assertThat(Map.of("startupProbe", "started", "readinessProbe", "ready", "livenessProbe", "live"))
                .allSatisfy((probe, path) -> {
                    assertThat(container.path(probe).at("/httpGet/port").asText())
                            .isEqualTo("management");
                    assertThat(container.path(probe).at("/httpGet/path").asText())
                            .isEqualTo("/q/health/" + path);
                    assertThat(container.path(probe).path("timeoutSeconds").asInt())
                            .isPositive();
                });
        assertThat(KubernetesManifest.each(container.path("ports")).map(JsonNode::toString))
                .anyMatch(port -> port.contains("\"management\"") && port.contains("9000"));
    }

    @Test
    void secretsAreMountedAsFiles() {
        assertThat(overlay.ofKind("Secret")).isEmpty();
        assertThat(overlay.workloads().flatMap(PodSecurityTest::containers)).allSatisfy(container -> {
            assertThat(container.toString()).doesNotContain("secretKeyRef", "secretRef");
            assertThat(KubernetesManifest.each(container.path("volumeMounts"))
                            .map(it -> it.path("mountPath").asText()))
                    .contains("/run/secrets/gatefold");
        });
        assertThat(overlay.workloads().map(PodSecurityTest::podSpec))
                .allSatisfy(pod -> assertThat(KubernetesManifest.each(pod.at("/volumes/0/projected/sources"))
                                .flatMap(source -> KubernetesManifest.each(source.at("/secret/items")))
                                .map(item -> item.path("path").asText()))
                        .contains("database-password", "stripe-api-key", "stripe-webhook-secrets")
                        .doesNotHaveDuplicates());
        assertThat(overlay.ofKind("ConfigMap").map(it -> it.json().path("data").toString()))
                .noneMatch(data -> data.matches("(?is).*(_PASSWORD|API_KEY|WEBHOOK_SECRETS|CLIENT_SECRET)\".*"));
    }

    @Test
    void networkPolicyDeniesByDefault() {
        KubernetesManifest defaultDeny =
                overlay.single("NetworkPolicy", it -> it.name().equals("default-deny"));

        assertThat(defaultDeny.spec().path("podSelector").isEmpty()).isTrue();
        assertThat(defaultDeny.spec().path("policyTypes")).hasToString("[\"Ingress\",\"Egress\"]");
        assertThat(defaultDeny.spec().has("ingress") || defaultDeny.spec().has("egress"))
                .isFalse();
        assertThat(overlay.ofKind("NetworkPolicy").filter(it -> !it.equals(defaultDeny)))
                .allSatisfy(policy -> {
                    assertThat(policy.spec().at("/podSelector/matchLabels").isEmpty())
                            .isFalse();
                    assertThat(rules(policy))
                            .allSatisfy(rule -> assertThat(rule.path("ports")).isNotEmpty());
                    assertThat(KubernetesManifest.each(policy.spec().path("ingress")))
                            .allSatisfy(rule -> assertThat(rule.path("from")).isNotEmpty());
                });
    }

    private static Stream<JsonNode> rules(KubernetesManifest policy) {
        return Stream.of("ingress", "egress")
                .flatMap(direction -> KubernetesManifest.each(policy.spec().path(direction)));
    }

    private static JsonNode podSpec(KubernetesManifest workload) {
        return workload.template().orElseThrow().path("spec");
    }

    private static Stream<JsonNode> containers(KubernetesManifest workload) {
        return List.of("initContainers", "containers").stream()
                .flatMap(list -> KubernetesManifest.each(podSpec(workload).path(list)));
    }
}
