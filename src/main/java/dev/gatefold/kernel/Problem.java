package dev.gatefold.kernel;

import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * An error that is reported to the caller as an RFC 9457 problem document: a mistake of the caller, or an outage. A denial
 * of access is not a problem but a regular response.
 */
public final class Problem extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String code;
    private final String title;
    private final transient List<InputError> errors;

    /**
     * One error in the input.
     *
     * @param pointer location: a JSON pointer, the name of a parameter, or a line of a file
     * @param detail description of the error, without the location
     */
    @Schema(requiredProperties = {"pointer", "detail"})
    public record InputError(String pointer, String detail) {}

    /**
     * Creates a problem.
     *
     * @param status HTTP status
     * @param code stable slug for programs
     * @param title short description, the same for all occurrences of the code
     * @param detail description of this occurrence and how to fix the request; never a secret, a token or personal data
     * @param errors errors in the input; may be empty
     */
    public Problem(int status, String code, String title, String detail, List<InputError> errors) {
        // without stack trace, because it is part of normal operation
        super(detail, null, false, false);
        this.status = status;
        this.code = code;
        this.title = title;
        this.errors = List.copyOf(errors);
    }

    /** Returns a 400 {@code invalid-input} with one or more errors. */
    public static Problem invalid(List<InputError> errors) {
        String detail = errors.size() == 1
                ? errors.getFirst().pointer() + " " + errors.getFirst().detail()
                : "The input has " + errors.size() + " errors, listed in the member errors";
        return new Problem(400, "invalid-input", "The input is not valid", detail, errors);
    }

    /** Returns a 400 {@code invalid-input} with one error. */
    public static Problem invalid(String pointer, String detail) {
        return invalid(List.of(new InputError(pointer, detail)));
    }

    /** Returns a 400 with a code of its own. */
    public static Problem badRequest(String code, String title, String detail) {
        return new Problem(400, code, title, detail, List.of());
    }

    /** Returns a 403 {@code forbidden}. */
    public static Problem forbidden(String detail) {
        return new Problem(403, "forbidden", "Not allowed", detail, List.of());
    }

    /** Returns a 404 {@code not-found}. */
    public static Problem notFound(String detail) {
        return new Problem(404, "not-found", "Not found", detail, List.of());
    }

    /** Returns a 409 with a code of its own: the current state does not allow the request. */
    public static Problem conflict(String code, String title, String detail) {
        return new Problem(409, code, title, detail, List.of());
    }

    /** Returns a 422 with a code of its own. */
    public static Problem unprocessable(String code, String title, String detail) {
        return new Problem(422, code, title, detail, List.of());
    }

    /**
     * Returns a 503 {@code unavailable}: the caller can retry shortly.
     *
     * @param dependency the part that is unavailable, such as database
     */
    public static Problem unavailable(String dependency) {
        return new Problem(
                503,
                "unavailable",
                "Temporarily unavailable",
                "The service cannot reach its " + dependency + "; try again shortly",
                List.of());
    }

    /** Returns the HTTP status. */
    public int status() {
        return status;
    }

    /** Returns the stable slug for programs. */
    public String code() {
        return code;
    }

    /** Returns the short description. */
    public String title() {
        return title;
    }

    /** Returns the errors in the input; empty if the problem is not about the input. */
    public List<InputError> errors() {
        return errors;
    }
}
