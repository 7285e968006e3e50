package dev.gatefold.kernel;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.base.CharMatcher;

/**
 * The identity of a reader: the claims {@code iss} and {@code sub} of an OIDC token. A subject is unique only within its
 * issuer. E-mail addresses do not identify readers, because they can pass to another person.
 *
 * @param issuer not blank, at most {@link #MAX_LENGTH} characters, without control characters
 * @param subject not blank, at most {@link #MAX_LENGTH} characters, without control characters
 */
public record Identity(String issuer, String subject) {
    /** Maximum length of the issuer and of the subject, in characters. */
    public static final int MAX_LENGTH = 255;

    /**
     * Validates the claims.
     *
     * @throws IllegalArgumentException if a claim is missing or invalid
     */
    public Identity {
        check("issuer", issuer);
        check("subject", subject);
    }

    private static void check(String name, String value) {
        checkArgument(value != null && !value.isBlank(), "The %s is missing", name);
        checkArgument(value.length() <= MAX_LENGTH, "The %s is longer than %s characters", name, MAX_LENGTH);
        checkArgument(CharMatcher.javaIsoControl().matchesNoneOf(value), "The %s contains control characters", name);
    }
}
