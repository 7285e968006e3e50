package dev.gatefold.web;

import static org.eclipse.microprofile.openapi.OASFactory.createAPIResponse;
import static org.eclipse.microprofile.openapi.OASFactory.createContent;
import static org.eclipse.microprofile.openapi.OASFactory.createMediaType;
import static org.eclipse.microprofile.openapi.OASFactory.createSchema;

import io.quarkus.smallrye.openapi.OpenApiFilter;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.media.Content;

/** What every operation of the API document has in common: whatever goes wrong is told in one shape, a problem. */
@OpenApiFilter(stages = OpenApiFilter.RunStage.BUILD)
public final class ApiDocument implements OASFilter {
    /** The name of {@link ProblemJson} in the document. */
    static final String PROBLEM = "Problem";

    @Override
    public void filterOpenAPI(OpenAPI document) {
        document.getPaths()
                .getPathItems()
                .values()
                .forEach(path -> path.getOperations().values().forEach(ApiDocument::tellProblems));
        document.getPaths().getPathItems().entrySet().stream()
                .filter(path -> RateLimit.isCounted(path.getKey()))
                .forEach(path -> path.getValue().getOperations().values().forEach(ApiDocument::tellLimit));
    }

    private static void tellProblems(Operation operation) {
        var responses = operation.getResponses();
        responses.getAPIResponses().forEach((status, response) -> {
            if (status.startsWith("4") && response.getContent() == null) {
                response.setContent(aProblem());
            }
        });
        responses.addAPIResponse(
                "default",
                createAPIResponse().description("What went wrong, as a problem").content(aProblem()));
    }

    private static void tellLimit(Operation operation) {
        operation
                .getResponses()
                .addAPIResponse(
                        "429",
                        createAPIResponse()
                                .description("The caller's budget is spent; Retry-After says when there is more")
                                .content(aProblem()));
    }

    private static Content aProblem() {
        return createContent()
                .addMediaType(
                        ProblemJson.TYPE,
                        createMediaType().schema(createSchema().ref(PROBLEM)));
    }
}
