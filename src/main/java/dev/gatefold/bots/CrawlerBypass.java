package dev.gatefold.bots;

import com.google.common.net.InetAddresses;
import dev.gatefold.access.GrantReason;
import dev.gatefold.access.bypass.Bypass;
import dev.gatefold.access.bypass.BypassLookup;
import dev.gatefold.access.bypass.BypassProvider;
import dev.gatefold.access.bypass.BypassQuery;
import dev.gatefold.access.bypass.ClientConnection;
import dev.gatefold.catalog.rules.Policy;
import jakarta.annotation.Priority;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.util.Optional;

/** Verifies whether a signed-out reader is a search engine crawler, if the policy of any requested article allows them. */
@Singleton
@Priority(100)
class CrawlerBypass implements BypassProvider {
    private final CrawlerVerifier verifier;

    CrawlerBypass(CrawlerVerifier verifier) {
        this.verifier = verifier;
    }

    @Override
    public GrantReason reason() {
        return GrantReason.CRAWLER;
    }

    @Override
    public BypassLookup findInMemory(BypassQuery query) {
        Optional<ClientConnection> connection = verifiableConnection(query);
        if (connection.isEmpty()) {
            return BypassLookup.NONE;
        }
        return connection
                .flatMap(this::verifyFromMemory)
                .map(verified -> new BypassLookup(true, bypass(verified)))
                .orElse(BypassLookup.INCOMPLETE);
    }

    @Override
    public Optional<Bypass> find(BypassQuery query) {
        return verifiableConnection(query).flatMap(it -> bypass(verifier.verify(address(it), it.userAgent())));
    }

    /** Uses only look-ups that are already cached: a transaction must not wait for name servers. */
    @Override
    public Optional<Bypass> findInTransaction(BypassQuery query) {
        return verifiableConnection(query).flatMap(this::verifyFromMemory).flatMap(CrawlerBypass::bypass);
    }

    private Optional<Boolean> verifyFromMemory(ClientConnection connection) {
        return verifier.verifyFromMemory(address(connection), connection.userAgent());
    }

    private static Optional<ClientConnection> verifiableConnection(BypassQuery query) {
        return query.connection()
                .filter(_ -> !query.isSignedIn() && query.policies().stream().anyMatch(Policy::allowsCrawlers))
                .filter(it -> it.remoteAddress() != null && InetAddresses.isInetAddress(it.remoteAddress()));
    }

    private static InetAddress address(ClientConnection connection) {
        return InetAddresses.forString(connection.remoteAddress());
    }

    private static Optional<Bypass> bypass(boolean verified) {
        return verified ? Optional.of(new VerifiedCrawler()) : Optional.empty();
    }
}
