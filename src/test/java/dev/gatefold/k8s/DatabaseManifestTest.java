package dev.gatefold.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** What the database can bear, and bears in mind. */
@EnabledIf(value = "dev.gatefold.k8s.KubernetesTools#kubectl", disabledReason = KubernetesTools.NO_KUBECTL)
@ParameterizedClass
@MethodSource("dev.gatefold.k8s.KustomizeOverlay#all")
record DatabaseManifestTest(KustomizeOverlay overlay) {
    /** {@code quarkus.datasource.jdbc.max-size} of each replica. */
    private static final int CONNECTIONS = 16;

    @Test
    void databaseConnectionsSufficeForAllReplicas() {
        int replicas = overlay.ofKind("HorizontalPodAutoscaler")
                .mapToInt(it -> it.spec().path("maxReplicas").asInt())
                .findAny()
                .orElse(1);
        JsonNode pooler = overlay.single("Pooler", _ -> true).spec();
        JsonNode parameters = pooler.at("/pgbouncer/parameters");
        JsonNode database = overlay.single("Cluster", _ -> true).spec().at("/postgresql/parameters");

        // one more than there may be replicas, while a release goes on, and any pooler may be alone
        assertThat((replicas + 1) * CONNECTIONS)
                .isLessThanOrEqualTo(parameters.path("max_client_conn").asInt());
        assertThat(pooler.path("instances").asInt()
                        * parameters.path("default_pool_size").asInt())
                .isLessThan(database.path("max_connections").asInt() - 20);
    }

    @Test
    void commitsAreReplicatedSynchronously() {
        JsonNode cluster = overlay.single("Cluster", _ -> true).spec();
        if (cluster.path("instances").asInt() > 1) {
            assertThat(cluster.at("/postgresql/synchronous/dataDurability").asText())
                    .isEqualTo("required");
            assertThat(cluster.at("/postgresql/synchronous/number").asInt())
                    .isPositive()
                    .isLessThan(cluster.path("instances").asInt() - 1);
            assertThat(cluster.at("/postgresql/synchronous/failoverQuorum").asBoolean())
                    .isTrue();
        }
    }
}
