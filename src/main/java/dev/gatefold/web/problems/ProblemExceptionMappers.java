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

/** Everything that can go wrong, said in one shape: no stack trace, class name, SQL or token leaves the service. */
public final class ProblemExceptionMappers {
    private record StatusProblem(String code, String title, String detail) {}

    private static final StatusProblem OTHER =
            new StatusProblem("bad-request", "Bad request", "The request cannot be understood");
    private static final Map<Integer, StatusProblem> KINDS = Map.of(
            401, new StatusProblem("unauthenticated", "Not signed in", "A valid bearer token is needed"),
            403, new StatusProblem("forbidden", "Not allowed", "The token does not carry the role that this needs"),
            404, new StatusProblem("not-found", "Not found", "There is nothing at this address"),
            405,
                    new StatusProblem(
                            "method-not-allowed", "Method not allowed", "This address does not take this method"),
            406, new StatusProblem("not-acceptable", "Not acceptable", "This address answers JSON"),
            413, new StatusProblem("too-large", "The body is too large", "Send less in one request"),
            415,
                    new StatusProblem(
                            "unsupported-media-type",
                            "Unsupported media type",
                            "This body's Content-Type is not read here"));

    private static StatusProblem kind(int status) {
        return KINDS.getOrDefault(status, OTHER);
    }

    public static Problem ofStatus(int status) {
        StatusProblem kind = kind(status);
        return new Problem(status, kind.code, kind.title, kind.detail, List.of());
    }

    @ServerExceptionMapper
    Response problem(Problem problem, UriInfo uri) {
        return answer(problem, uri);
    }

    /** A token that is not valid; the challenge stands in the answer already. */
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
        Response theirs = failure.getResponse();
        if (theirs.getStatus() < 400) {
            return theirs;
        }
        if (theirs.getStatus() >= 500) {
            return failed(failure, uri);
        }
        return answer(ofStatus(theirs.getStatus()), uri);
    }

    @ServerExceptionMapper(ConstraintViolationException.class)
    Response invalid(ConstraintViolationException failure, UriInfo uri) {
        List<InputError> flaws = failure.getConstraintViolations().stream()
                .map(violation -> new InputError(pointer(violation), violation.getMessage()))
                .sorted(java.util.Comparator.comparing(InputError::pointer))
                .toList();
        return answer(Problem.invalid(flaws), uri);
    }

    /** What is thrown at an Accept or Content-Type header that names no type; anything else is a failure of ours. */
    @ServerExceptionMapper(IllegalArgumentException.class)
    Response unparsable(IllegalArgumentException failure, UriInfo uri) {
        boolean header = failure.getMessage() != null && failure.getMessage().startsWith("Failed to parse media type");
        return header ? answer(ofStatus(406), uri) : failed(failure, uri);
    }

    /** The issuer's keys could not be had yet, so that no token can be told from another. */
    @ServerExceptionMapper(OIDCException.class)
    Response unverifiable(OIDCException failure, UriInfo uri) {
        Log.warnf("The issuer is away: %s", failure.getMessage());
        return answer(Problem.unavailable("issuer of tokens"), uri);
    }

    @ServerExceptionMapper(Throwable.class)
    Response failed(Throwable failure, UriInfo uri) {
        if (DatabaseOutage.isCauseOf(failure)) {
            Log.warnf("The database is away: %s", rootOf(failure));
            return answer(Problem.unavailable("database"), uri);
        }
        Log.errorf(failure, "Failed to answer %s", uri.getPath());
        return answer(
                new Problem(500, "internal", "Our mistake", "The request failed; it has been logged", List.of()), uri);
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
                Problem.invalid(pointer(unknown), "is not a member that is known here");
            case StreamConstraintsException _ ->
                malformed("The JSON is nested too deeply, or one of its values is too long");
            case StreamReadException _ ->
                malformed("The body is not well-formed JSON, at line "
                        + failure.getLocation().getLineNr() + ", column "
                        + failure.getLocation().getColumnNr());
            case JsonMappingException mapping
            when !mapping.getPath().isEmpty() ->
                Problem.invalid(pointer(mapping), "is not of the type that is wanted here");
            default -> malformed("The body is not the JSON that is wanted here");
        };
    }

    private static Problem malformed(String detail) {
        return Problem.badRequest("malformed-json", "The JSON cannot be read", detail);
    }

    private static String pointer(JsonMappingException failure) {
        return failure.getPath().stream()
                .map(step -> step.getFieldName() == null ? String.valueOf(step.getIndex()) : step.getFieldName())
                .map(step -> "/" + step.replace("~", "~0").replace("/", "~1"))
                .collect(Collectors.joining());
    }

    /** The path in the body as a JSON pointer, or the name of a parameter. */
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
