package dev.gatefold.accounts.account;

import dev.gatefold.kernel.Problem;
import java.util.List;

/** The caller proved who they are, but has not signed up. */
public final class NoAccountProblem {
    private NoAccountProblem() {}

    public static Problem create() {
        return new Problem(
                404, "no-account", "No account yet", "The caller has not signed up: POST /v1/accounts", List.of());
    }
}
