package dev.gatefold.web.caching;

import dev.gatefold.kernel.Problem;
import java.util.List;

/** Optimistic locking by {@code If-Match} (RFC 9110): a change is rejected if the resource has changed since it was read. */
public final class IfMatch {
    private IfMatch() {}

    /** Returns the strong ETag of a revision. */
    public static String etag(int revision) {
        return "\"" + revision + "\"";
    }

    /**
     * Returns the revision in an {@code If-Match} header.
     *
     * @param ifMatch value of the header, or null
     * @throws Problem 428 if the header is missing, 412 if it is not an ETag of this service
     */
    public static int parseRevision(String ifMatch) {
        if (ifMatch == null || ifMatch.isBlank()) {
            throw new Problem(
                    428,
                    "precondition-required",
                    "If-Match required",
                    "Send If-Match with the ETag of the response that you read, so that no change of another caller is"
                            + " overwritten",
                    List.of());
        }
        try {
            return Integer.parseInt(ifMatch.strip().replaceAll("^\"|\"$", ""));
        } catch (NumberFormatException e) {
            throw failed();
        }
    }

    /** Returns the problem of a change that is based on an outdated revision. */
    public static Problem failed() {
        return new Problem(
                412,
                "changed-meanwhile",
                "The resource has changed",
                "If-Match is not the current ETag; read the resource again",
                List.of());
    }
}
