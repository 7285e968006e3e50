package dev.gatefold.web.openapi;

import static org.eclipse.microprofile.openapi.OASFactory.createAPIResponse;
import static org.eclipse.microprofile.openapi.OASFactory.createAPIResponses;
import static org.eclipse.microprofile.openapi.OASFactory.createContent;
import static org.eclipse.microprofile.openapi.OASFactory.createMediaType;
import static org.eclipse.microprofile.openapi.OASFactory.createSchema;
import static org.eclipse.microprofile.openapi.OASFactory.createSecurityRequirement;

import dev.gatefold.web.endpoint.EndpointIndex;
import dev.gatefold.web.endpoint.EndpointPolicy;
import dev.gatefold.web.problems.ProblemJson;
import io.quarkus.smallrye.openapi.OpenApiFilter;
import jakarta.ws.rs.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.media.Content;
import org.eclipse.microprofile.openapi.models.security.SecurityRequirement;
import org.jboss.jandex.AnnotationTarget;
import org.jboss.jandex.IndexView;

/**
 * Adds to the OpenAPI document what all operations have in common: authentication, and the problem documents of errors.
 * Runs at build time, without CDI.
 */
@OpenApiFilter(stages = OpenApiFilter.RunStage.BUILD)
public final class OpenApiDocumentFilter implements OASFilter {
    /** Name of the security scheme, as set in {@code application.properties}. */
    private static final String ISSUER = "issuer";

    private final EndpointIndex endpoints;

    /** Creates the filter for the resource classes in an index; called by SmallRye OpenAPI. */
    public OpenApiDocumentFilter(IndexView classes) {
        Set<Class<?>> resources = classes.getAnnotations(Path.class).stream()
                .map(it -> it.target())
                .filter(target -> target.kind() == AnnotationTarget.Kind.CLASS)
                .map(target -> load(target.asClass().name().toString()))
                .collect(Collectors.toUnmodifiableSet());
        this.endpoints = new EndpointIndex(resources);
    }

    private static Class<?> load(String name) {
        try {
            return Class.forName(name, false, OpenApiDocumentFilter.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void filterOpenAPI(OpenAPI document) {
        document.getPaths()
                .getPathItems()
                .forEach((path, item) -> item.getOperations()
                        .forEach((method, operation) -> complete(operation, endpoints.policy(method.name(), path))));
    }

    private static void complete(Operation operation, EndpointPolicy policy) {
        describeAuthentication(operation, policy.optionalToken());
        describeProblems(operation);
        if (policy.rateLimited()) {
            addProblem(operation, "429", "Rate limit exceeded. Retry-After contains the seconds to wait.");
        }
        sortResponses(operation);
    }

    /** OpenAPI lists roles as scopes, which the issuer does not offer; they are named in the description of 403. */
    private static void describeAuthentication(Operation operation, boolean optionalToken) {
        List<SecurityRequirement> required = operation.getSecurity();
        if (required == null) {
            operation.setSecurity(optionalToken ? List.of(createSecurityRequirement(), bearer()) : List.of());
            addProblem(operation, "401", "Invalid bearer token. Anonymous requests are accepted.");
            return;
        }
        List<String> roles = required.stream()
                .flatMap(it -> it.getScheme(ISSUER).stream())
                .sorted()
                .toList();
        operation.setSecurity(List.of(bearer()));
        addProblem(operation, "401", "Missing or invalid bearer token.");
        addProblem(
                operation,
                "403",
                roles.isEmpty()
                        ? "The token identifies a service; this operation is for readers."
                        : "The token has none of the required roles: " + String.join(", ", roles) + ".");
    }

    private static SecurityRequirement bearer() {
        return createSecurityRequirement().addScheme(ISSUER, List.of());
    }

    private static void describeProblems(Operation operation) {
        operation.getResponses().getAPIResponses().forEach((status, response) -> {
            if (status.startsWith("4") && response.getContent() == null) {
                response.setContent(problemContent());
            }
        });
        addProblem(operation, "default", "Any other error, as a problem document.");
    }

    private static void addProblem(Operation operation, String status, String description) {
        operation
                .getResponses()
                .addAPIResponse(
                        status, createAPIResponse().description(description).content(problemContent()));
    }

    /** Orders responses by status, with the default response last. */
    private static void sortResponses(Operation operation) {
        var responses = createAPIResponses();
        new TreeMap<>(operation.getResponses().getAPIResponses()).forEach(responses::addAPIResponse);
        operation.setResponses(responses);
    }

    private static Content problemContent() {
        return createContent()
                .addMediaType(
                        ProblemJson.MEDIA_TYPE,
                        createMediaType().schema(createSchema().ref(ProblemJson.SCHEMA_NAME)));
    }
}
