package dev.gatefold.docs;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Generates {@code docs/api/gatefold.http}, from which an editor can send each request of the API. */
final class HttpFileGenerator {
    private static final Pattern PATH_PARAMETER = Pattern.compile("\\{(\\w+)}");
    private static final String HEAD = """
        # Requests of Gatefold's API for IntelliJ IDEA's HTTP client, or REST Client in Visual Studio Code. Generated from
        # openapi.yaml. In development, issue a token with:
        #   curl --json '{"subject": "zoe", "roles": ["support", "admin"]}' localhost:8080/dev/tokens
        @host = http://localhost:8080
        @token = put-a-token-here
        """;

    /** Example values of parameters. Variables of other parameters are empty. */
    private static final Map<String, String> EXAMPLES = Map.of(
            "url", "https%3A%2F%2Fwww.tomsguide.com%2Fai%2Fa-story",
            "slug", "toms-guide",
            "key", "4f1c9a52-0d5e-4a3b-9a66-8f0c0f6b2f11",
            "version", "1",
            "issuer", "https%3A%2F%2Fissuer.example.com",
            "subject", "zoe",
            "dryRun", "true",
            "etag", "\"1\"");

    /** Optional parameters that are always sent: the article, and {@code dryRun}, which prevents changes. */
    private static final Set<String> ALWAYS_SENT = Set.of("url", "dryRun");

    private final JsonNode document;
    private final Map<String, String> variables = new TreeMap<>();

    HttpFileGenerator(PublishedOpenApi published) {
        this.document = published.document();
    }

    @Override
    public String toString() {
        String requests = document.path("tags")
                .valueStream()
                .flatMap(tag -> requestsWithTag(tag.path("name").asText()))
                .collect(Collectors.joining());
        String declarations = variables.entrySet().stream()
                .map(variable -> "@%s = %s"
                                .formatted(variable.getKey(), variable.getValue())
                                .stripTrailing() + "\n")
                .collect(Collectors.joining());
        return HEAD + declarations + requests;
    }

    private Stream<String> requestsWithTag(String tag) {
        return document.path("paths").properties().stream()
                .flatMap(path -> path.getValue().properties().stream()
                        .filter(operation -> operation
                                .getValue()
                                .path("tags")
                                .path(0)
                                .asText()
                                .equals(tag))
                        .map(operation -> request(operation.getKey(), path.getKey(), operation.getValue())));
    }

    private String request(String method, String path, JsonNode operation) {
        List<String> lines = new ArrayList<>();
        lines.add("");
        lines.add("### " + operation.path("summary").asText());
        lines.add("# @name " + operation.path("operationId").asText());
        lines.add("%s {{host}}%s%s"
                .formatted(
                        method.toUpperCase(Locale.ROOT),
                        PATH_PARAMETER.matcher(path).replaceAll(this::variable),
                        query(operation)));
        lines.addAll(headers(operation));
        operation.at("/requestBody/content").properties().stream().findFirst().ifPresent(content -> {
            lines.add("Content-Type: " + content.getKey());
            lines.add("");
            JsonNode example = content.getValue().path("example");
            lines.add(example.isTextual() ? example.asText().stripTrailing() : example.toPrettyString());
        });
        return String.join("\n", lines) + "\n";
    }

    private String query(JsonNode operation) {
        String query = parameters(operation, "query")
                .filter(it -> it.path("required").asBoolean()
                        || ALWAYS_SENT.contains(it.path("name").asText()))
                .map(it -> it.path("name").asText())
                .map(name -> name + "=" + variable(name))
                .collect(Collectors.joining("&"));
        return query.isEmpty() ? "" : "?" + query;
    }

    private List<String> headers(JsonNode operation) {
        List<String> headers = new ArrayList<>();
        if (operation.at("/security/0").has("issuer")) {
            headers.add("Authorization: Bearer {{token}}");
        }
        parameters(operation, "header")
                .filter(it -> it.path("required").asBoolean())
                .map(it -> it.path("name").asText())
                .forEach(name -> headers.add(name + ": "
                        + variable(
                                switch (name) {
                                    case "Idempotency-Key" -> "key";
                                    case "If-Match" -> "etag";
                                    default -> name;
                                })));
        return headers;
    }

    private static Stream<JsonNode> parameters(JsonNode operation, String in) {
        return StreamSupport.stream(operation.path("parameters").spliterator(), false)
                .filter(it -> it.path("in").asText().equals(in));
    }

    private String variable(MatchResult found) {
        return variable(found.group(1));
    }

    private String variable(String name) {
        variables.put(name, EXAMPLES.getOrDefault(name, ""));
        return "{{" + name + "}}";
    }
}
