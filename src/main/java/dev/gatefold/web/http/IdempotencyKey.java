package dev.gatefold.web.http;

import dev.gatefold.kernel.Problem;
import java.util.UUID;
import org.jboss.resteasy.reactive.RestResponse;

/** The name that a caller gives to one intention, so that saying it twice does it once. */
public final class IdempotencyKey {
    /** Stands in an answer that was given before to the same key. */
    public static final String REPLAYED_HEADER = "Idempotency-Replayed";

    public static final String IN_FLIGHT_CODE = "idempotency-key-in-flight";

    private static final int LONGEST = 255;

    private IdempotencyKey() {}

    /** Returns a new random key. */
    public static String random() {
        return UUID.randomUUID().toString();
    }

    /** Throws where the header is missing or cannot be used. */
    public static void require(String key) {
        boolean usable = key != null
                && !key.isBlank()
                && key.length() <= LONGEST
                && key.chars().noneMatch(Character::isISOControl);
        if (!usable) {
            throw Problem.badRequest(
                    "idempotency-key-required",
                    "An idempotency key is needed",
                    "Send Idempotency-Key with a value of your own, new for each intention, of at most " + LONGEST
                            + " characters");
        }
    }

    /** For whoever says something else under a key than before. */
    public static Problem reused() {
        return Problem.unprocessable(
                "idempotency-key-reused",
                "The idempotency key was used for something else",
                "This Idempotency-Key came with another request before; a new intention needs a new one");
    }

    /** For whoever says it again before it has been answered. */
    public static Problem inFlight() {
        return Problem.conflict(
                IN_FLIGHT_CODE,
                "The request is being worked on",
                "A request with this Idempotency-Key has not been answered yet; try again in a moment");
    }

    public static boolean isInFlight(Problem problem) {
        return problem.code().equals(IN_FLIGHT_CODE);
    }

    /** Marks an answer that was given before. */
    public static <T> RestResponse<T> withReplayedHeader(RestResponse<T> answer, boolean replayed) {
        return replayed
                ? RestResponse.ResponseBuilder.fromResponse(answer)
                        .header(REPLAYED_HEADER, true)
                        .build()
                : answer;
    }
}
