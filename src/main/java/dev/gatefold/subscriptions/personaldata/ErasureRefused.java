package dev.gatefold.subscriptions.personaldata;

import dev.gatefold.kernel.Problem;

/** Who still has something at whoever bills is not erased: that would be half done. */
public final class ErasureRefused {
    private ErasureRefused() {}

    public static Problem problem() {
        return Problem.conflict(
                "erasure-not-confirmed",
                "Not erased yet",
                "The payment provider has not confirmed that all is ended there, and nothing is erased here; "
                        + "the same request goes on from there");
    }
}
