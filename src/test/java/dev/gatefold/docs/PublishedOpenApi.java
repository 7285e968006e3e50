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

/** The API document for everybody: without what is for development only, and without a word on whose issuer it is. */
public record PublishedOpenApi(ObjectNode document) {
    private static final String DEVELOPMENT = "/dev/";
    /** Members that stand first, in this order, so that an operation reads as one would write it. */
    private static final List<String> FIRST = List.of(
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

    /** A status is a text, also where it is a name. */
    private static final class OpenApiQuoting extends StringQuotingChecker.Default {
        private static final long serialVersionUID = 1L;

        @Override
        public boolean needToQuoteName(String name) {
            return super.needToQuoteName(name) || Character.isDigit(name.charAt(0));
        }
    }

    /** Of what a service answers at {@code /q/openapi}. */
    public static PublishedOpenApi of(String served) {
        try {
            ObjectNode document = (ObjectNode) YAML.readTree(served);
            withoutDevelopment(document);
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

    private static void withoutDevelopment(ObjectNode document) {
        Set<String> developers = schemas(document, path -> path.startsWith(DEVELOPMENT));
        Set<String> everybodys = schemas(document, path -> !path.startsWith(DEVELOPMENT));
        developers.removeAll(everybodys);
        document.withObject("/components/schemas").remove(developers);
        document.withObject("/paths")
                .properties()
                .removeIf(path -> path.getKey().startsWith(DEVELOPMENT));
        document.withArray("/tags").removeIf(tag -> tag.path("name").asText().equals("Development"));
    }

    /** The names of the schemas that the operations at some paths are made of. */
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
        FIRST.stream().filter(object::has).forEach(name -> members.put(name, object.get(name)));
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
