package dev.gatefold.k8s;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** A Kubernetes object, as an overlay renders it. */
record KubernetesManifest(JsonNode json) {
    String kind() {
        return json.path("kind").asText();
    }

    String apiVersion() {
        return json.path("apiVersion").asText();
    }

    /** Returns the API group; empty for the core group. */
    String group() {
        return apiVersion().contains("/") ? apiVersion().split("/")[0] : "";
    }

    String name() {
        return json.at("/metadata/name").asText();
    }

    JsonNode spec() {
        return json.path("spec");
    }

    Map<String, String> labels() {
        return labels(json.at("/metadata/labels"));
    }

    /** Returns the pod template of a Deployment or Job. */
    Optional<JsonNode> template() {
        return Optional.of(json.at("/spec/template"))
                .filter(template -> kind().equals("Deployment") || kind().equals("Job"));
    }

    /** Returns whether a selector of labels matches the pods of a template. */
    static boolean selects(JsonNode labels, JsonNode template) {
        return labels(template.at("/metadata/labels"))
                .entrySet()
                .containsAll(labels(labels).entrySet());
    }

    static Map<String, String> labels(JsonNode labels) {
        return labels.properties().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> entry.getValue().asText()));
    }

    static Stream<JsonNode> each(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false);
    }

    @Override
    public String toString() {
        return kind() + " " + name();
    }
}
