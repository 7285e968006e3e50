package dev.gatefold.web;

import dev.gatefold.kernel.Problem;

/** The name that a caller gives to one intention, so that saying it twice does it once. */
public final class IdempotencyKey {
    private static final int LONGEST = 255;

    private IdempotencyKey() {}

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
}
