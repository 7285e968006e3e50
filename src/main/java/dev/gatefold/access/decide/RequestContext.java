package dev.gatefold.access.decide;

import java.util.Optional;

/**
 * What an enquiry comes with, besides who asks.
 *
 * @param country where the reader is, as the gateway says; empty where it does not
 * @param share the code of an article that somebody has given away
 * @param connection where the request comes from; empty where it is asked about somebody else
 * @param explain whether the answer is to tell what was considered
 */
public record RequestContext(
        Platform platform,
        Optional<String> country,
        Optional<String> share,
        Optional<ClientConnection> connection,
        boolean explain) {
    /**
     * The other end of the connection.
     *
     * @param remoteAddress of the network, or of the proxy's client, where the operator has said that a proxy is trusted; null
     *     where that is none
     * @param userAgent as it was sent, or null
     */
    public record ClientConnection(String remoteAddress, String userAgent) {}

    /** As support asks: about a reader in some country, with nothing in hand. */
    public static RequestContext forExplanation(Optional<String> country) {
        return new RequestContext(Platform.WEB, country, Optional.empty(), Optional.empty(), true);
    }
}
