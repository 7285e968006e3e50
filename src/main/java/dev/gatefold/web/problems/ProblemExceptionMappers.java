package dev.gatefold.web.problems;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.exc.StreamReadException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import dev.gatefold.kernel.Problem;
import dev.gatefold.kernel.Problem.InputError;
import dev.gatefold.platform.database.DatabaseOutage;
import io.quarkus.logging.Log;
import io.quarkus.oidc.OIDCException;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.ConstraintViolationException;
import jakarta.validation.ElementKind;
import jakarta.validation.Path;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Converts every exception to a problem document without stack traces, class names, SQL or tokens. */
public final class ProblemExceptionMappers {
    private record StatusProblem(String code, String title, String detail) {}

    private static final StatusProblem OTHER =
            new StatusProblem("bad-request", "Bad request", "The request is not valid HTTP for this service");
    private static final Map<Integer, StatusProblem> BY_STATUS = Map.of(
            401,
                    new StatusProblem(
                            "unauthenticated",
                            "Not signed in",
                            "Send a valid bearer token in the Authorization header"),
            403, new StatusProblem("forbidden", "Not allowed", "The token does not have the required role"),
            404, new StatusProblem("not-found", "Not found", "No resource has this URL"),
            405,
                    new StatusProblem(
                            "method-not-allowed", "Method not allowed", "This resource does not support this method"),
            406, new StatusProblem("not-acceptable", "Not acceptable", "This resource is available as JSON only"),
            413, new StatusProblem("too-large", "Request body too large", "Reduce the size of the request body"),
            415,
                    new StatusProblem(
                            "unsupported-media-type",
                            "Unsupported media type",
                            "This resource does not accept the Content-Type of the body"));

    private static StatusProblem byStatus(int status) {
        return BY_STATUS.getOrDefault(status, OTHER);
    }

    /** Returns the problem for an HTTP status without a more specific cause. */
    public static Problem ofStatus(int status) {
        StatusProblem problem = byStatus(status);
        return new Problem(status, problem.code, problem.title, problem.detail, List.of());
    }

    @ServerExceptionMapper
    Response problem(Problem problem, UriInfo uri) {
        return answer(problem, uri);
    }

    /** Quarkus has added the WWW-Authenticate header already. */
    @ServerExceptionMapper(AuthenticationFailedException.class)
    Response invalidToken(UriInfo uri) {
        return answer(ofStatus(401), uri);
    }

    @ServerExceptionMapper(UnauthorizedException.class)
    Response unauthenticated(UriInfo uri) {
        Response response = answer(ofStatus(401), uri);
        response.getHeaders().putSingle("WWW-Authenticate", "Bearer");
        return response;
    }

    @ServerExceptionMapper(ForbiddenException.class)
    Response forbidden(UriInfo uri) {
        return answer(ofStatus(403), uri);
    }

    @ServerExceptionMapper(NotFoundException.class)
    Response notFound(UriInfo uri) {
        return answer(ofStatus(404), uri);
    }

    @ServerExceptionMapper(MismatchedInputException.class)
    Response mismatched(MismatchedInputException failure, UriInfo uri) {
        return answer(unreadable(failure), uri);
    }

    @ServerExceptionMapper(WebApplicationException.class)
    Response refused(WebApplicationException failure, UriInfo uri) {
        if (failure.getCause() instanceof JsonProcessingException json) {
            return answer(unreadable(json), uri);
        }
        Response response = failure.getResponse();
        if (response.getStatus() < 400) {
            return response;
        }
        if (response.getStatus() >= 500) {
            return failed(failure, uri);
        }
        return answer(ofStatus(response.getStatus()), uri);
    }

    @ServerExceptionMapper(ConstraintViolationException.class)
    Response invalid(ConstraintViolationException failure, UriInfo uri) {
        List<InputError> errors = failure.getConstraintViolations().stream()
                .map(violation -> new InputError(pointer(violation), violation.getMessage()))
                .sorted(java.util.Comparator.comparing(InputError::pointer))
                .toList();
        return answer(Problem.invalid(errors), uri);
    }

    /** RESTEasy throws this exception for malformed Accept and Content-Type headers; others are internal errors. */
    @ServerExceptionMapper(IllegalArgumentException.class)
    Response unparsable(IllegalArgumentException failure, UriInfo uri) {
        boolean isHeader =
                failure.getMessage() != null && failure.getMessage().startsWith("Failed to parse media type");
        return isHeader ? answer(ofStatus(406), uri) : failed(failure, uri);
    }

    /** Thrown while the keys of the issuer have never been fetched, so that no token can be verified. */
    @ServerExceptionMapper(OIDCException.class)
    Response unverifiable(OIDCException failure, UriInfo uri) {
        Log.warnf("OIDC issuer unavailable: %s", failure.getMessage());
        return answer(Problem.unavailable("token issuer"), uri);
    }

    @ServerExceptionMapper(Throwable.class)
    Response failed(Throwable failure, UriInfo uri) {
        if (DatabaseOutage.isCauseOf(failure)) {
            Log.warnf("Database unavailable: %s", rootOf(failure));
            return answer(Problem.unavailable("database"), uri);
        }
        Log.errorf(failure, "Request failed: %s", uri.getPath());
        return answer(
                new Problem(
                        500,
                        "internal",
                        "Internal error",
                        "The request failed because of an internal error, which has been logged",
                        List.of()),
                uri);
    }

    private static Response answer(Problem problem, UriInfo uri) {
        return ProblemJson.of(problem, uri.getPath()).response();
    }

    private static Throwable rootOf(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }

    private static Problem unreadable(JsonProcessingException failure) {
        return switch (failure) {
            case UnrecognizedPropertyException unknown ->
                Problem.invalid(pointer(unknown), "is not a member of this object");
            case StreamConstraintsException _ ->
                malformed("The JSON is nested too deeply, or contains a value that is too long");
            case StreamReadException _ ->
                malformed("The body is not well-formed JSON, at line "
                        + failure.getLocation().getLineNr() + ", column "
                        + failure.getLocation().getColumnNr());
            case JsonMappingException mapping
            when !mapping.getPath().isEmpty() -> Problem.invalid(pointer(mapping), "has the wrong type");
            default -> malformed("The JSON has the wrong type");
        };
    }

    private static Problem malformed(String detail) {
        return Problem.badRequest("malformed-json", "Malformed JSON", detail);
    }

    private static String pointer(JsonMappingException failure) {
        return failure.getPath().stream()
                .map(step -> step.getFieldName() == null ? String.valueOf(step.getIndex()) : step.getFieldName())
                .map(step -> "/" + step.replace("~", "~0").replace("/", "~1"))
                .collect(Collectors.joining());
    }

    /** Returns a JSON pointer into the body, or the name of a parameter. */
    private static String pointer(ConstraintViolation<?> violation) {
        StringBuilder pointer = new StringBuilder();
        String parameter = "";
        for (Path.Node node : violation.getPropertyPath()) {
            if (node.getKind() == ElementKind.PARAMETER) {
                parameter = node.getName();
            } else if (node.getKind() == ElementKind.PROPERTY || node.getKind() == ElementKind.CONTAINER_ELEMENT) {
                if (node.getIndex() != null) {
                    pointer.append('/').append(node.getIndex());
                }
                if (node.getKind() == ElementKind.PROPERTY) {
                    pointer.append('/').append(node.getName());
                }
            }
        }
        return pointer.isEmpty() ? parameter : pointer.toString();
    }
}
