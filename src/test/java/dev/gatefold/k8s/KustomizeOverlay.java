package dev.gatefold.k8s;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** An overlay of {@code k8s/overlays}, rendered by kubectl. */
record KustomizeOverlay(String name, List<KubernetesManifest> manifests) {
    private static final Path FOLDER = Path.of("k8s/overlays");
    private static final Map<String, KustomizeOverlay> RENDERED = new ConcurrentHashMap<>();

    static Stream<KustomizeOverlay> all() {
        return Stream.of(FOLDER.toFile().list()).sorted().map(KustomizeOverlay::named);
    }

    static KustomizeOverlay named(String name) {
        return RENDERED.computeIfAbsent(name, KustomizeOverlay::render);
    }

    private static KustomizeOverlay render(String name) {
        try {
            Process kubectl = new ProcessBuilder(
                            "kubectl", "kustomize", FOLDER.resolve(name).toString())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            String yaml = new String(kubectl.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (kubectl.waitFor() != 0) {
                throw new AssertionError("kubectl failed to render the overlay " + name);
            }
            return new KustomizeOverlay(name, parse(yaml));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    static List<KubernetesManifest> parse(String yaml) throws IOException {
        YAMLMapper mapper = new YAMLMapper();
        try (MappingIterator<JsonNode> documents =
                mapper.readerFor(JsonNode.class).readValues(yaml)) {
            return documents.readAll().stream().map(KubernetesManifest::new).toList();
        } catch (JsonProcessingException e) {
            throw new AssertionError("kubectl rendered invalid YAML", e);
        }
    }

    Stream<KubernetesManifest> ofKind(String kind) {
        return manifests.stream().filter(manifest -> manifest.kind().equals(kind));
    }

    KubernetesManifest single(String kind, Predicate<KubernetesManifest> condition) {
        List<KubernetesManifest> found = ofKind(kind).filter(condition).toList();
        if (found.size() != 1) {
            throw new AssertionError(
                    "Expected one matching " + kind + " in the overlay " + name + ", but found " + found);
        }
        return found.getFirst();
    }

    KubernetesManifest deployment() {
        return single("Deployment", _ -> true);
    }

    /** Returns the objects that create pods of the service's image. */
    Stream<KubernetesManifest> workloads() {
        return manifests.stream().filter(manifest -> manifest.template().isPresent());
    }

    @Override
    public String toString() {
        return name;
    }
}
