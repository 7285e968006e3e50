package dev.gatefold.docs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.util.StringQuotingChecker;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** The API document for publication: without the development endpoints, and with an example issuer. */
public record PublishedOpenApi(ObjectNode document) {
    private static final String DEVELOPMENT_PREFIX = "/dev/";
    /** Members that come first in each object, in the order that is usual in handwritten documents. */
    private static final List<String> LEADING_MEMBERS = List.of(
            "get", "put", "post", "patch", "delete", "operationId", "tags", "summary", "name", "in", "description");

    private static final ObjectMapper YAML = new ObjectMapper(YAMLFactory.builder()
            .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
            .disable(YAMLGenerator.Feature.SPLIT_LINES)
            .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
            .enable(YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
            .enable(YAMLGenerator.Feature.LITERAL_BLOCK_STYLE)
            .enable(YAMLGenerator.Feature.INDENT_ARRAYS_WITH_INDICATOR)
            .stringQuotingChecker(new OpenApiQuoting())
            .build());

    /** Quotes names that begin with a digit, because the OpenAPI schema requires response codes to be strings. */
    private static final class OpenApiQuoting extends StringQuotingChecker.Default {
        private static final long serialVersionUID = 1L;

        @Override
        public boolean needToQuoteName(String name) {
            return super.needToQuoteName(name) || Character.isDigit(name.charAt(0));
        }
    }

    /** Returns the published form of the document at {@code /q/openapi}. */
    public static PublishedOpenApi of(String served) {
        try {
            ObjectNode document = (ObjectNode) YAML.readTree(served);
            removeDevelopmentEndpoints(document);
            document.withObject("/components/securitySchemes/issuer")
                    .put("openIdConnectUrl", "https://issuer.example.com/.well-known/openid-configuration");
            document.path("paths").forEach(path -> {
                path.forEach(operation -> {
                    operation.path("parameters").forEach(PublishedOpenApi::sortMembers);
                    sortMembers(operation);
                });
                sortMembers(path);
            });
            return new PublishedOpenApi(document);
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    private static void removeDevelopmentEndpoints(ObjectNode document) {
        Set<String> developmentSchemas = schemas(document, path -> path.startsWith(DEVELOPMENT_PREFIX));
        Set<String> publicSchemas = schemas(document, path -> !path.startsWith(DEVELOPMENT_PREFIX));
        developmentSchemas.removeAll(publicSchemas);
        document.withObject("/components/schemas").remove(developmentSchemas);
        document.withObject("/paths")
                .properties()
                .removeIf(path -> path.getKey().startsWith(DEVELOPMENT_PREFIX));
        document.withArray("/tags").removeIf(tag -> tag.path("name").asText().equals("Development"));
    }

    /** Returns the names of the schemas that the operations of the matching paths refer to. */
    private static Set<String> schemas(ObjectNode document, Predicate<String> paths) {
        Set<String> found = new HashSet<>();
        document.path("paths").properties().stream()
                .filter(path -> paths.test(path.getKey()))
                .forEach(path -> collectSchemas(path.getValue(), document, found));
        return found;
    }

    private static void collectSchemas(JsonNode node, ObjectNode document, Set<String> found) {
        for (String reference : node.findValuesAsText("$ref")) {
            String name = reference.substring(reference.lastIndexOf('/') + 1);
            if (found.add(name)) {
                collectSchemas(document.at(reference.substring(1)), document, found);
            }
        }
    }

    private static void sortMembers(JsonNode node) {
        ObjectNode object = (ObjectNode) node;
        Map<String, JsonNode> members = new LinkedHashMap<>();
        LEADING_MEMBERS.stream().filter(object::has).forEach(name -> members.put(name, object.get(name)));
        object.properties().forEach(member -> members.putIfAbsent(member.getKey(), member.getValue()));
        object.removeAll();
        object.setAll(members);
    }

    @Override
    public String toString() {
        try {
            return YAML.writeValueAsString(document);
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }
}
