package dev.gatefold.accounts.account;

import dev.gatefold.kernel.Problem;
import java.util.List;

/** The problem {@code no-account}: the caller is authenticated but has not signed up. */
public final class NoAccountProblem {
    private NoAccountProblem() {}

    /** Returns the 404 {@code no-account}. */
    public static Problem create() {
        return new Problem(
                404,
                "no-account",
                "No account",
                "The caller has no account; sign up with POST /v1/accounts",
                List.of());
    }
}
