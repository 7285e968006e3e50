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

/** What is applied somewhere, rendered by kubectl. */
record Overlay(String name, List<Manifest> manifests) {
    private static final Path FOLDER = Path.of("k8s/overlays");
    private static final Map<String, Overlay> RENDERED = new ConcurrentHashMap<>();

    static Stream<Overlay> all() {
        return Stream.of(FOLDER.toFile().list()).sorted().map(Overlay::named);
    }

    static Overlay named(String name) {
        return RENDERED.computeIfAbsent(name, Overlay::render);
    }

    private static Overlay render(String name) {
        try {
            Process kubectl = new ProcessBuilder(
                            "kubectl", "kustomize", FOLDER.resolve(name).toString())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            String yaml = new String(kubectl.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (kubectl.waitFor() != 0) {
                throw new AssertionError("kubectl does not render the overlay " + name);
            }
            return new Overlay(name, parse(yaml));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    static List<Manifest> parse(String yaml) throws IOException {
        YAMLMapper mapper = new YAMLMapper();
        try (MappingIterator<JsonNode> documents =
                mapper.readerFor(JsonNode.class).readValues(yaml)) {
            return documents.readAll().stream().map(Manifest::new).toList();
        } catch (JsonProcessingException e) {
            throw new AssertionError("What kubectl renders is no YAML", e);
        }
    }

    Stream<Manifest> of(String kind) {
        return manifests.stream().filter(manifest -> manifest.kind().equals(kind));
    }

    Manifest only(String kind, Predicate<Manifest> which) {
        List<Manifest> found = of(kind).filter(which).toList();
        if (found.size() != 1) {
            throw new AssertionError("Of the kind " + kind + " there are " + found + " in " + name);
        }
        return found.getFirst();
    }

    Manifest deployment() {
        return only("Deployment", _ -> true);
    }

    /** Everything that makes pods of our image. */
    Stream<Manifest> workloads() {
        return manifests.stream().filter(manifest -> manifest.template().isPresent());
    }

    @Override
    public String toString() {
        return name;
    }
}
