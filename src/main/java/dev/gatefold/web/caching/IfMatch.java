package dev.gatefold.web.caching;

import dev.gatefold.kernel.Problem;
import java.util.List;

/** A change that is only made where nothing else has changed since the caller looked (RFC 9110, {@code If-Match}). */
public final class IfMatch {
    private IfMatch() {}

    public static String etag(int revision) {
        return "\"" + revision + "\"";
    }

    /** The revision that the caller looked at; a problem where the caller does not say. */
    public static int parseRevision(String ifMatch) {
        if (ifMatch == null || ifMatch.isBlank()) {
            throw new Problem(
                    428,
                    "precondition-required",
                    "If-Match is needed",
                    "Send If-Match with the ETag of what you looked at, so that nobody's change is lost",
                    List.of());
        }
        try {
            return Integer.parseInt(ifMatch.strip().replaceAll("^\"|\"$", ""));
        } catch (NumberFormatException e) {
            throw failed();
        }
    }

    public static Problem failed() {
        return new Problem(
                412,
                "changed-meanwhile",
                "It has changed meanwhile",
                "If-Match is not the ETag of what is there now; look again",
                List.of());
    }
}
