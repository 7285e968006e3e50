package dev.gatefold.kernel;

import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A caller's mistake, or a failure of ours that the caller may know of; it becomes an RFC 9457 answer. A denial of
 * access is not a problem but an answer.
 */
public final class Problem extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String code;
    private final String title;
    private final transient List<InputError> errors;

    /** One fault in what was sent: where (a JSON pointer, a parameter, a line of a file) and what. */
    @Schema(requiredProperties = {"pointer", "detail"})
    public record InputError(String pointer, String detail) {}

    /**
     * @param status of the HTTP answer
     * @param code a stable slug for programs
     * @param title the same for people, for every occurrence
     * @param detail this occurrence; never a secret, a token or personal data
     */
    public Problem(int status, String code, String title, String detail, List<InputError> flaws) {
        super(detail, null, false, false);
        this.status = status;
        this.code = code;
        this.title = title;
        this.errors = List.copyOf(flaws);
    }

    public static Problem invalid(List<InputError> flaws) {
        String detail = flaws.size() == 1
                ? flaws.getFirst().pointer() + " " + flaws.getFirst().detail()
                : flaws.size() + " faults; see errors";
        return new Problem(400, "invalid-input", "The input is not valid", detail, flaws);
    }

    public static Problem invalid(String pointer, String detail) {
        return invalid(List.of(new InputError(pointer, detail)));
    }

    public static Problem badRequest(String code, String title, String detail) {
        return new Problem(400, code, title, detail, List.of());
    }

    public static Problem forbidden(String detail) {
        return new Problem(403, "forbidden", "Not allowed", detail, List.of());
    }

    public static Problem notFound(String detail) {
        return new Problem(404, "not-found", "Not found", detail, List.of());
    }

    public static Problem conflict(String code, String title, String detail) {
        return new Problem(409, code, title, detail, List.of());
    }

    public static Problem unprocessable(String code, String title, String detail) {
        return new Problem(422, code, title, detail, List.of());
    }

    /** Something that the service lives on is away, the database before all: the caller may try again in a moment. */
    public static Problem unavailable(String what) {
        return new Problem(
                503,
                "unavailable",
                "Unavailable for the moment",
                "The service cannot reach its " + what + "; try again shortly",
                List.of());
    }

    public int status() {
        return status;
    }

    public String code() {
        return code;
    }

    public String title() {
        return title;
    }

    public List<InputError> errors() {
        return errors;
    }
}
