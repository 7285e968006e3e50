package dev.gatefold.kernel;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.base.CharMatcher;

/**
 * Who somebody is: the subject within its issuer. A subject alone says nothing, since two issuers may use the same one;
 * an e-mail address says nothing either, since it can change hands.
 */
public record Identity(String issuer, String subject) {
    public static final int MAX_LENGTH = 255;

    public Identity {
        check("issuer", issuer);
        check("subject", subject);
    }

    private static void check(String what, String value) {
        checkArgument(value != null && !value.isBlank(), "An identity has an %s", what);
        checkArgument(value.length() <= MAX_LENGTH, "The %s is longer than %s characters", what, MAX_LENGTH);
        checkArgument(CharMatcher.javaIsoControl().matchesNoneOf(value), "The %s holds control characters", what);
    }
}
