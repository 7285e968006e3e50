package dev.gatefold.web.openapi;

import static org.eclipse.microprofile.openapi.OASFactory.createAPIResponse;
import static org.eclipse.microprofile.openapi.OASFactory.createAPIResponses;
import static org.eclipse.microprofile.openapi.OASFactory.createContent;
import static org.eclipse.microprofile.openapi.OASFactory.createMediaType;
import static org.eclipse.microprofile.openapi.OASFactory.createSchema;
import static org.eclipse.microprofile.openapi.OASFactory.createSecurityRequirement;

import dev.gatefold.web.limits.RateLimiter;
import dev.gatefold.web.problems.ProblemJson;
import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.util.List;
import java.util.TreeMap;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.media.Content;
import org.eclipse.microprofile.openapi.models.security.SecurityRequirement;

/** What every operation of the API document has in common: its name, who may call it, and how it tells what goes wrong. */
@OpenApiFilter(stages = OpenApiFilter.RunStage.BUILD)
public final class OpenApiDocumentFilter implements OASFilter {
    /** The name of {@link ProblemJson} in the document. */
    public static final String PROBLEM_SCHEMA = "Problem";

    /** The name of the security scheme, as the application's properties have it. */
    private static final String ISSUER = "issuer";

    @Override
    public void filterOpenAPI(OpenAPI document) {
        document.getPaths()
                .getPathItems()
                .forEach((path, item) -> item.getOperations()
                        .values()
                        .forEach(operation -> tell(operation, RateLimiter.appliesTo(path))));
    }

    private static void tell(Operation operation, boolean counted) {
        name(operation);
        tellCallers(operation);
        tellProblems(operation);
        if (counted) {
            tell(operation, "429", "The caller's budget is spent; Retry-After says when there is more");
        }
        inOrder(operation);
    }

    /** Of {@code SourcesResource_list} becomes {@code sourcesList}. */
    private static void name(Operation operation) {
        String id = operation.getOperationId();
        int end = id == null ? -1 : id.indexOf('_');
        if (end > 0) {
            String noun = id.substring(0, end).replaceFirst("Resource$", "");
            String verb = id.substring(end + 1);
            operation.setOperationId(Character.toLowerCase(noun.charAt(0))
                    + noun.substring(1)
                    + Character.toUpperCase(verb.charAt(0))
                    + verb.substring(1));
        }
    }

    /** Roles are no scopes that could be asked for: they are told where they are missed. */
    private static void tellCallers(Operation operation) {
        List<SecurityRequirement> required = operation.getSecurity();
        if (required == null) {
            operation.setSecurity(isOfReaders(operation) ? List.of(createSecurityRequirement(), bearer()) : List.of());
            tell(operation, "401", "A token came with it that is not good; without one it would be answered");
            return;
        }
        List<String> roles = required.stream()
                .flatMap(it -> it.getScheme(ISSUER).stream())
                .sorted()
                .toList();
        operation.setSecurity(List.of(bearer()));
        tell(operation, "401", "There is no token, or one that is not good");
        tell(
                operation,
                "403",
                roles.isEmpty()
                        ? "The token is not a reader's"
                        : "The token has none of the roles that may: " + String.join(", ", roles));
    }

    /** Whether it matters who asks, though anybody may. */
    private static boolean isOfReaders(Operation operation) {
        return operation.getParameters() != null
                && operation.getParameters().stream().anyMatch(it -> "X-Visitor".equals(it.getName()));
    }

    private static SecurityRequirement bearer() {
        return createSecurityRequirement().addScheme(ISSUER, List.of());
    }

    private static void tellProblems(Operation operation) {
        operation.getResponses().getAPIResponses().forEach((status, response) -> {
            if (status.startsWith("4") && response.getContent() == null) {
                response.setContent(aProblem());
            }
        });
        tell(operation, "default", "What went wrong, as a problem");
    }

    private static void tell(Operation operation, String status, String description) {
        operation
                .getResponses()
                .addAPIResponse(
                        status, createAPIResponse().description(description).content(aProblem()));
    }

    /** By status, and what is said of all the others last. */
    private static void inOrder(Operation operation) {
        var responses = createAPIResponses();
        new TreeMap<>(operation.getResponses().getAPIResponses()).forEach(responses::addAPIResponse);
        operation.setResponses(responses);
    }

    private static Content aProblem() {
        return createContent()
                .addMediaType(
                        ProblemJson.MEDIA_TYPE,
                        createMediaType().schema(createSchema().ref(PROBLEM_SCHEMA)));
    }
}
