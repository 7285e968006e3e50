package dev.gatefold.subscriptions.personaldata;

import dev.gatefold.kernel.Problem;

/** The problem with which an erasure is refused while the billing provider still holds data of the customer. */
public final class ErasureRefused {
    private ErasureRefused() {}

    /** Returns the problem: 409 {@code erasure-not-confirmed}. */
    public static Problem problem() {
        return Problem.conflict(
                "erasure-not-confirmed",
                "Erasure not confirmed",
                "The payment provider has not confirmed the deletion, so no data was erased here; repeat the request to "
                        + "continue");
    }
}
