package dev.gatefold.access.http;

import dev.gatefold.kernel.Identity;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A reader named by a service.
 *
 * @param issuer claim {@code iss} of the reader's tokens
 * @param subject claim {@code sub} of the reader's tokens
 */
@Schema(name = "ReaderSubject")
record ReaderSubject(String issuer, String subject) {
    Identity identity() {
        return ReaderResolver.parseIdentity(issuer, subject);
    }
}
