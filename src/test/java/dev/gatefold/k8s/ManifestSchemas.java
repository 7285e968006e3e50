package dev.gatefold.k8s;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What is wrong with an object, by the published schema of its kind. Kubernetes' own kinds are checked by its client,
 * which knows every field; those of operators by the schemas in the resources. A kind that neither knows is a fault.
 */
final class ManifestSchemas {
    private static final Set<String> OWN_GROUPS =
            Set.of("", "apps", "batch", "policy", "autoscaling", "networking.k8s.io");
    private static final Set<String> MEMBERS = Set.of("apiVersion", "kind", "metadata", "spec");
    private static final JsonSchemaFactory FACTORY = JsonSchemaFactory.getInstance(VersionFlag.V7);

    private ManifestSchemas() {}

    static List<String> errors(KubernetesManifest manifest) {
        if (OWN_GROUPS.contains(manifest.group())) {
            String version =
                    manifest.apiVersion().substring(manifest.apiVersion().indexOf('/') + 1);
            return errorsByKubernetesClient(version.toUpperCase(Locale.ROOT) + manifest.kind(), manifest.json());
        }
        String file = "/k8s/schemas/" + manifest.group() + "_" + manifest.kind() + ".json";
        try (InputStream schema = ManifestSchemas.class.getResourceAsStream(file)) {
            if (schema == null) {
                return List.of(manifest + " is of a kind without a schema: " + manifest.apiVersion());
            }
            return errorsByJsonSchema(FACTORY.getSchema(schema), manifest);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> errorsByJsonSchema(JsonSchema schema, KubernetesManifest manifest) {
        List<String> faults = new ArrayList<>(schema.validate(manifest.spec()).stream()
                .map(ValidationMessage::getMessage)
                .toList());
        faults.addAll(errorsByKubernetesClient("V1ObjectMeta", manifest.json().path("metadata")));
        manifest.json().fieldNames().forEachRemaining(member -> {
            if (!MEMBERS.contains(member)) {
                faults.add(member + " is no member of " + manifest);
            }
        });
        if (manifest.kind().equals("Pooler")) {
            faults.addAll(errorsByKubernetesClient(
                    "V1PodTemplateSpec", manifest.spec().path("template")));
        }
        return faults;
    }

    private static List<String> errorsByKubernetesClient(String model, JsonNode json) {
        try {
            Class.forName("io.kubernetes.client.openapi.models." + model)
                    .getMethod("validateJsonElement", JsonElement.class)
                    .invoke(null, JsonParser.parseString(json.toString()));
            return List.of();
        } catch (InvocationTargetException e) {
            return List.of(String.valueOf(e.getCause().getMessage()));
        } catch (ReflectiveOperationException e) {
            return List.of("The client knows no " + model);
        }
    }
}
