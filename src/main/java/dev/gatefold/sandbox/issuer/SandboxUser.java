package dev.gatefold.sandbox.issuer;

import java.util.List;

/**
 * A user that the development issuer signs tokens for.
 *
 * @param name null if unknown
 * @param description phrase that follows the name in lists, in English; null if unknown
 * @param email null if unknown
 * @param emailVerified value of the claim {@code email_verified}; null leaves the claim out
 * @param roles values of the claim {@code groups}, such as {@code admin}; empty for a reader
 */
public record SandboxUser(
        String subject, String name, String description, String email, Boolean emailVerified, List<String> roles) {
    public SandboxUser {
        roles = List.copyOf(roles);
    }

    /** Returns a user with a subject and roles only. */
    public static SandboxUser of(String subject, String... roles) {
        return new SandboxUser(subject, null, null, null, null, List.of(roles));
    }
}
