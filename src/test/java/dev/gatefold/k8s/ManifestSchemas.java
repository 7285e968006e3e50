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
 * Validates objects against the schemas of their kinds. Built-in kinds are checked by the Kubernetes client, which knows
 * every field. Custom resources are checked by the JSON schemas in the test resources. Unknown kinds are errors.
 */
final class ManifestSchemas {
    private static final Set<String> BUILT_IN_GROUPS =
            Set.of("", "apps", "batch", "policy", "autoscaling", "networking.k8s.io");
    private static final Set<String> MEMBERS = Set.of("apiVersion", "kind", "metadata", "spec");
    private static final JsonSchemaFactory FACTORY = JsonSchemaFactory.getInstance(VersionFlag.V7);

    private ManifestSchemas() {}

    /** Returns the violations of the object's schema; empty if it is valid. */
    static List<String> errors(KubernetesManifest manifest) {
        if (BUILT_IN_GROUPS.contains(manifest.group())) {
            String version =
                    manifest.apiVersion().substring(manifest.apiVersion().indexOf('/') + 1);
            return errorsByKubernetesClient(version.toUpperCase(Locale.ROOT) + manifest.kind(), manifest.json());
        }
        String file = "/k8s/schemas/" + manifest.group() + "_" + manifest.kind() + ".json";
        try (InputStream schema = ManifestSchemas.class.getResourceAsStream(file)) {
            if (schema == null) {
                return List.of(manifest + " has no schema for its kind in " + manifest.apiVersion());
            }
            return errorsByJsonSchema(FACTORY.getSchema(schema), manifest);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> errorsByJsonSchema(JsonSchema schema, KubernetesManifest manifest) {
        List<String> errors = new ArrayList<>(schema.validate(manifest.spec()).stream()
                .map(ValidationMessage::getMessage)
                .toList());
        errors.addAll(errorsByKubernetesClient("V1ObjectMeta", manifest.json().path("metadata")));
        manifest.json().fieldNames().forEachRemaining(member -> {
            if (!MEMBERS.contains(member)) {
                errors.add(member + " is not a member of " + manifest);
            }
        });
        if (manifest.kind().equals("Pooler")) {
            errors.addAll(errorsByKubernetesClient(
                    "V1PodTemplateSpec", manifest.spec().path("template")));
        }
        return errors;
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
            return List.of("The Kubernetes client has no model " + model);
        }
    }
}
