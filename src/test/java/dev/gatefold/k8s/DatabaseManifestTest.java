package dev.gatefold.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Connection limits and replication of the database in each overlay. */
@EnabledIf(value = "dev.gatefold.k8s.KubernetesTools#kubectl", disabledReason = KubernetesTools.NO_KUBECTL)
@ParameterizedClass
@MethodSource("dev.gatefold.k8s.KustomizeOverlay#all")
record DatabaseManifestTest(KustomizeOverlay overlay) {
    /** The value of {@code quarkus.datasource.jdbc.max-size}. */
    private static final int CONNECTIONS_PER_REPLICA = 16;

    @Test
    void databaseConnectionsSufficeForAllReplicas() {
        int replicas = overlay.ofKind("HorizontalPodAutoscaler")
                .mapToInt(it -> it.spec().path("maxReplicas").asInt())
                .findAny()
                .orElse(1);
        JsonNode pooler = overlay.single("Pooler", _ -> true).spec();
        JsonNode parameters = pooler.at("/pgbouncer/parameters");
        JsonNode database = overlay.single("Cluster", _ -> true).spec().at("/postgresql/parameters");

        // A release adds one replica, and a single pooler instance may have to serve all of them.
        assertThat((replicas + 1) * CONNECTIONS_PER_REPLICA)
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
