package dev.gatefold.access.decide;

import dev.gatefold.access.bypass.ClientConnection;
import java.util.Optional;

/**
 * Properties of an access request, other than the reader and the articles.
 *
 * @param country country of the reader: ISO 3166-1 alpha-2, lower case; empty if the gateway does not know it
 * @param share code of a share link
 * @param connection connection of the reader; empty if a service or the back office asks for the reader
 * @param explain whether the decision lists the steps that led to it
 */
public record RequestContext(
        Platform platform,
        Optional<String> country,
        Optional<String> share,
        Optional<ClientConnection> connection,
        boolean explain) {
    /** Returns the context of a request by the back office for a reader in a country, without bypasses. */
    public static RequestContext forExplanation(Optional<String> country) {
        return new RequestContext(Platform.WEB, country, Optional.empty(), Optional.empty(), true);
    }

    /** Returns true if the caller is the back office or a service, which may see rules that are not in force yet. */
    boolean isTrustedCaller() {
        return connection.isEmpty();
    }
}
