package dev.gatefold.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Schema and namespace of every object that the overlays render. */
@EnabledIf(value = "dev.gatefold.k8s.KubernetesTools#kubectl", disabledReason = KubernetesTools.NO_KUBECTL)
class ManifestSchemaTest {
    @ParameterizedTest
    @MethodSource("dev.gatefold.k8s.KustomizeOverlay#all")
    void everyManifestMatchesItsSchema(KustomizeOverlay overlay) {
        assertThat(overlay.manifests())
                .hasSizeGreaterThan(15)
                .allSatisfy(manifest -> assertThat(ManifestSchemas.errors(manifest))
                        .as(manifest.toString())
                        .isEmpty());
    }

    @ParameterizedTest
    @MethodSource("dev.gatefold.k8s.KustomizeOverlay#all")
    void everyManifestIsInOverlayNamespace(KustomizeOverlay overlay) {
        String namespace = overlay.single("Namespace", _ -> true).name();

        assertThat(overlay.manifests().stream()
                        .filter(manifest -> !manifest.kind().equals("Namespace")))
                .allSatisfy(manifest -> assertThat(
                                manifest.json().at("/metadata/namespace").asText())
                        .as(manifest.toString())
                        .isEqualTo(namespace));
    }

    @Test
    void schemaErrorIsDetected() throws IOException {
        List<KubernetesManifest> faulty = KustomizeOverlay.parse("""
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a}
            spec: {selector: {}, template: {spec: {containers: [{name: a, imagePolicy: Never}]}}}
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a}
            spec: {replicas: 1}
            ---
            apiVersion: postgresql.cnpg.io/v1
            kind: Cluster
            metadata: {name: a}
            spec: {instances: 1, postgresql: {synchronous: {method: all, number: 1}}}
            ---
            apiVersion: monitoring.coreos.com/v1
            kind: ServiceMonitor
            metadata: {name: a, label: b}
            spec: {selector: {}, endpoints: []}
            ---
            apiVersion: gateway.networking.k8s.io/v1
            kind: HTTPRoute
            metadata: {name: a}
            spec: {}
            rules: []
            ---
            apiVersion: example.com/v1
            kind: Unknown
            metadata: {name: a}
            ---
            apiVersion: v1
            kind: Unknown
            metadata: {name: a}
            """);

        assertThat(faulty)
                .hasSize(7)
                .allSatisfy(manifest -> assertThat(ManifestSchemas.errors(manifest))
                        .as(manifest.toString())
                        .isNotEmpty());
    }
}
