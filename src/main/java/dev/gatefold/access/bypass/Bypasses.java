package dev.gatefold.access.bypass;

import com.google.common.net.InetAddresses;
import dev.gatefold.access.decide.RequestContext.ClientConnection;
import dev.gatefold.bots.CrawlerVerifier;
import dev.gatefold.platform.database.DatabaseCircuitBreaker;
import dev.gatefold.shares.Shares;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** Finds out what a reader comes with, where that could help: an article that was given away, or a crawler's address. */
@Singleton
public final class Bypasses {
    /** What was found. */
    public record BypassResult(Optional<Shares.SharedArticle> share, boolean verifiedCrawler) {
        public static final BypassResult NONE = new BypassResult(Optional.empty(), false);

        public BypassResult withoutShare() {
            return new BypassResult(Optional.empty(), verifiedCrawler);
        }
    }

    private final Shares shares;
    private final CrawlerVerifier crawlers;
    private final DatabaseCircuitBreaker reach;

    Bypasses(Shares shares, CrawlerVerifier crawlers, DatabaseCircuitBreaker reach) {
        this.shares = shares;
        this.crawlers = crawlers;
        this.reach = reach;
    }

    /**
     * What is known without waiting; empty where somebody must be asked.
     *
     * @param crawler who may be a crawler, where one would be let in
     */
    public Optional<BypassResult> findInMemory(Optional<String> share, Optional<ClientConnection> crawler) {
        if (share.isPresent()) {
            return Optional.empty();
        }
        return crawler.filter(Bypasses::hasAddress)
                .map(it -> crawlers.verifyFromMemory(InetAddresses.forString(it.remoteAddress()), it.userAgent()))
                .map(known -> known.map(proved -> new BypassResult(Optional.empty(), proved)))
                .orElseGet(() -> Optional.of(BypassResult.NONE));
    }

    /** What is found by asking; changes nothing, and blocks. */
    public BypassResult find(
            Optional<String> share, Optional<ClientConnection> crawler, Optional<UUID> holder, Instant at) {
        boolean proved = crawler.filter(Bypasses::hasAddress)
                .filter(it -> crawlers.verify(InetAddresses.forString(it.remoteAddress()), it.userAgent()))
                .isPresent();
        return new BypassResult(given(share, holder, at), proved);
    }

    /** The same within a transaction, in which no name server is waited for. */
    public BypassResult findWithoutDns(
            Optional<String> share, Optional<ClientConnection> crawler, Optional<UUID> holder, Instant at) {
        boolean proved = crawler.filter(Bypasses::hasAddress)
                .flatMap(it -> crawlers.verifyFromMemory(InetAddresses.forString(it.remoteAddress()), it.userAgent()))
                .orElse(false);
        return new BypassResult(given(share, holder, at), proved);
    }

    private Optional<Shares.SharedArticle> given(Optional<String> share, Optional<UUID> holder, Instant at) {
        return share.flatMap(code -> reach.callOrElse(() -> shares.findUsable(code, holder, at), Optional::empty));
    }

    /** Counts the holder as one who uses the share; false where there have been enough meanwhile. */
    public boolean redeem(String share, UUID holder, Instant at) {
        return shares.redeem(share, holder, at);
    }

    private static boolean hasAddress(ClientConnection sender) {
        return sender.remoteAddress() != null && InetAddresses.isInetAddress(sender.remoteAddress());
    }
}
