package dev.gatefold.bots;

import com.google.common.net.InetAddresses;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Whether a caller is a search engine's crawler, by the address that the connection comes from. A User-Agent proves
 * nothing, since anybody sends any; but who does not even claim to be a robot is not worth a look-up.
 */
@Singleton
public class Crawlers {
    private static final Pattern CLAIM = Pattern.compile("(?i)bot|crawl|spider|slurp|google|bingpreview");

    /** Addresses that nobody has on the internet: they say which proxy of ours was passed, and not who calls. */
    private static final Prefixes INSIDE = new Prefixes(Stream.of(
                    "0.0.0.0/8",
                    "10.0.0.0/8",
                    "100.64.0.0/10",
                    "127.0.0.0/8",
                    "169.254.0.0/16",
                    "172.16.0.0/12",
                    "192.168.0.0/16",
                    "224.0.0.0/3",
                    "::/127",
                    "fc00::/7",
                    "fe80::/10",
                    "ff00::/8")
            .map(Prefix::parse)
            .toList());

    private final PublishedLists lists;
    private final Names names;
    private final CrawlerMetrics metrics;

    Crawlers(PublishedLists lists, Names names, CrawlerMetrics metrics) {
        this.lists = lists;
        this.names = names;
        this.metrics = metrics;
    }

    /**
     * What is known without waiting; empty where {@link #proves} would have to ask the domain name system.
     *
     * @param address of the caller, not of a proxy in between
     * @param userAgent as it was sent, or null
     */
    public Optional<Boolean> known(InetAddress address, String userAgent) {
        if (lists.hold(address)) {
            metrics.listed(Outcome.PROVED);
            return Optional.of(true);
        }
        if (userAgent == null || !CLAIM.matcher(userAgent).find()) {
            return Optional.of(false);
        }
        if (names.areAsked() && !INSIDE.hold(address)) {
            return names.remembered(plain(address)).map(this::told);
        }
        if (lists.areSet()) {
            metrics.listed(Outcome.UNPROVED);
        }
        return Optional.of(false);
    }

    /** Whether it is one, as far as can be proved within a second; blocks, so never on the event loop. */
    public boolean proves(InetAddress address, String userAgent) {
        return known(address, userAgent).orElseGet(() -> told(names.lookedUp(plain(address))));
    }

    private boolean told(Outcome outcome) {
        metrics.named(outcome);
        return outcome.proves();
    }

    /** An IPv4 address that is written as an IPv6 one is an IPv4 address. */
    private static InetAddress plain(InetAddress address) {
        return InetAddresses.forString(InetAddresses.toAddrString(address));
    }
}
