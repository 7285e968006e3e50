package dev.gatefold.access.bypass;

import dev.gatefold.catalog.rules.Policy;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * What is known of a request when its bypasses are looked up.
 *
 * @param shareCode code of a share link
 * @param connection connection of the reader; empty if a service asks for the reader
 * @param readerId account or visitor; empty for an anonymous reader
 * @param isSignedIn whether the reader is known by a token of the issuer
 * @param policies policies in force for the requested articles
 */
public record BypassQuery(
        Optional<String> shareCode,
        Optional<ClientConnection> connection,
        Optional<UUID> readerId,
        boolean isSignedIn,
        List<Policy> policies,
        Instant at) {}
