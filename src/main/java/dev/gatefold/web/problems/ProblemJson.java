package dev.gatefold.web.problems;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.gatefold.kernel.Problem;
import dev.gatefold.web.http.IdempotencyKey;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** JSON form of a {@link Problem}, as defined by RFC 9457. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@Schema(
        name = ProblemJson.SCHEMA_NAME,
        description = "Problem document as defined by RFC 9457",
        requiredProperties = {"type", "title", "status", "code"})
public record ProblemJson(
        String type,
        String title,
        int status,
        String detail,
        String instance,
        String code,
        List<Problem.InputError> errors) {
    /** Name of this schema in the OpenAPI document. */
    public static final String SCHEMA_NAME = "Problem";

    public static final String MEDIA_TYPE = "application/problem+json";
    static final int RETRY_AFTER_SECONDS = 2;

    /**
     * Converts a problem.
     *
     * @param instance path of the request that failed
     */
    public static ProblemJson of(Problem problem, String instance) {
        return new ProblemJson(
                "urn:gatefold:problem:" + problem.code(),
                problem.title(),
                problem.status(),
                problem.getMessage(),
                instance,
                problem.code(),
                problem.errors());
    }

    Response response() {
        var response = Response.status(status).entity(this).type(MediaType.valueOf(MEDIA_TYPE));
        if (status == 503 || code.equals(IdempotencyKey.IN_FLIGHT_CODE)) {
            response.header("Retry-After", RETRY_AFTER_SECONDS);
        }
        return response.header("Cache-Control", "no-store").build();
    }
}
