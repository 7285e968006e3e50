package dev.gatefold.web.http;

import dev.gatefold.kernel.Problem;
import java.util.UUID;
import org.jboss.resteasy.reactive.RestResponse;

/** The {@code Idempotency-Key} header, by which a request that is sent twice has its effect once. */
public final class IdempotencyKey {
    /** Header of responses that repeat the response to an earlier request with the same key. */
    public static final String REPLAYED_HEADER = "Idempotency-Replayed";

    /** Problem code of a request whose key belongs to a request that is still being processed. */
    public static final String IN_FLIGHT_CODE = "idempotency-key-in-flight";

    private static final int MAX_LENGTH = 255;

    private IdempotencyKey() {}

    /** Returns a new random key. */
    public static String random() {
        return UUID.randomUUID().toString();
    }

    /**
     * Validates the header.
     *
     * @param key value of the header, or null
     * @throws Problem 400 if it is missing, blank, longer than 255 characters, or contains control characters
     */
    public static void require(String key) {
        boolean isValid = key != null
                && !key.isBlank()
                && key.length() <= MAX_LENGTH
                && key.chars().noneMatch(Character::isISOControl);
        if (!isValid) {
            throw Problem.badRequest(
                    "idempotency-key-required",
                    "Idempotency key required",
                    "Send an Idempotency-Key header with a unique value of at most " + MAX_LENGTH
                            + " characters for each operation");
        }
    }

    /** Returns the problem of a key that an earlier, different request has used. */
    public static Problem reused() {
        return Problem.unprocessable(
                "idempotency-key-reused",
                "Idempotency key reused",
                "A different request has used this Idempotency-Key; use a new key for each operation");
    }

    /** Returns the problem of a key whose request is still being processed. */
    public static Problem inFlight() {
        return Problem.conflict(
                IN_FLIGHT_CODE,
                "Request in progress",
                "A request with this Idempotency-Key is still being processed; retry in a few seconds");
    }

    /** Returns whether a problem is {@link #inFlight}. */
    public static boolean isInFlight(Problem problem) {
        return problem.code().equals(IN_FLIGHT_CODE);
    }

    /** Adds {@link #REPLAYED_HEADER} to a response if it is replayed. */
    public static <T> RestResponse<T> withReplayedHeader(RestResponse<T> answer, boolean replayed) {
        return replayed
                ? RestResponse.ResponseBuilder.fromResponse(answer)
                        .header(REPLAYED_HEADER, true)
                        .build()
                : answer;
    }
}
