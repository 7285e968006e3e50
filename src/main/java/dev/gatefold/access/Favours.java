package dev.gatefold.access;

import com.google.common.net.InetAddresses;
import dev.gatefold.access.Circumstances.Sender;
import dev.gatefold.bots.Crawlers;
import dev.gatefold.kernel.Reach;
import dev.gatefold.shares.Shares;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** Finds out what a reader comes with, where that could help: an article that was given away, or a crawler's address. */
@Singleton
final class Favours {
    /** What was found. */
    record Found(Optional<Shares.Given> share, boolean crawler) {
        static final Found NOTHING = new Found(Optional.empty(), false);

        Found withoutShare() {
            return new Found(Optional.empty(), crawler);
        }
    }

    private final Shares shares;
    private final Crawlers crawlers;
    private final Reach reach;

    Favours(Shares shares, Crawlers crawlers, Reach reach) {
        this.shares = shares;
        this.crawlers = crawlers;
        this.reach = reach;
    }

    /**
     * What is known without waiting; empty where somebody must be asked.
     *
     * @param crawler who may be a crawler, where one would be let in
     */
    Optional<Found> known(Optional<String> share, Optional<Sender> crawler) {
        if (share.isPresent()) {
            return Optional.empty();
        }
        return crawler.filter(Favours::hasAddress)
                .map(it -> crawlers.known(InetAddresses.forString(it.address()), it.userAgent()))
                .map(known -> known.map(proved -> new Found(Optional.empty(), proved)))
                .orElseGet(() -> Optional.of(Found.NOTHING));
    }

    /** What is found by asking; changes nothing, and blocks. */
    Found find(Optional<String> share, Optional<Sender> crawler, Optional<UUID> holder, Instant at) {
        boolean proved = crawler.filter(Favours::hasAddress)
                .filter(it -> crawlers.proves(InetAddresses.forString(it.address()), it.userAgent()))
                .isPresent();
        return new Found(given(share, holder, at), proved);
    }

    /** The same within a transaction, in which no name server is waited for. */
    Found findAtOnce(Optional<String> share, Optional<Sender> crawler, Optional<UUID> holder, Instant at) {
        boolean proved = crawler.filter(Favours::hasAddress)
                .flatMap(it -> crawlers.known(InetAddresses.forString(it.address()), it.userAgent()))
                .orElse(false);
        return new Found(given(share, holder, at), proved);
    }

    private Optional<Shares.Given> given(Optional<String> share, Optional<UUID> holder, Instant at) {
        return share.flatMap(code -> reach.ask(() -> shares.peek(code, holder, at), Optional::empty));
    }

    /** Counts the holder as one who uses the share; false where there have been enough meanwhile. */
    boolean redeem(String share, UUID holder, Instant at) {
        return shares.redeem(share, holder, at);
    }

    private static boolean hasAddress(Sender sender) {
        return sender.address() != null && InetAddresses.isInetAddress(sender.address());
    }
}
