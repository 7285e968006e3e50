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
public class CrawlerVerifier {
    private static final Pattern CLAIM = Pattern.compile("(?i)bot|crawl|spider|slurp|google|bingpreview");

    /** Addresses that nobody has on the internet: they say which proxy of ours was passed, and not who calls. */
    private static final IpPrefixSet INSIDE = new IpPrefixSet(Stream.of(
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
            .map(IpPrefix::parse)
            .toList());

    private final PublishedIpLists lists;
    private final ReverseDnsVerifier names;
    private final CrawlerMetrics metrics;

    CrawlerVerifier(PublishedIpLists lists, ReverseDnsVerifier names, CrawlerMetrics metrics) {
        this.lists = lists;
        this.names = names;
        this.metrics = metrics;
    }

    /**
     * What is known without waiting; empty where {@link #verify} would have to ask the domain name system.
     *
     * @param address of the caller, not of a proxy in between
     * @param userAgent as it was sent, or null
     */
    public Optional<Boolean> verifyFromMemory(InetAddress address, String userAgent) {
        if (lists.contains(address)) {
            metrics.countIpListCheck(CrawlerVerificationOutcome.VERIFIED);
            return Optional.of(true);
        }
        if (userAgent == null || !CLAIM.matcher(userAgent).find()) {
            return Optional.of(false);
        }
        if (names.isConfigured() && !INSIDE.contains(address)) {
            return names.cached(plain(address)).map(this::told);
        }
        if (lists.areConfigured()) {
            metrics.countIpListCheck(CrawlerVerificationOutcome.NOT_VERIFIED);
        }
        return Optional.of(false);
    }

    /** Whether it is one, as far as can be proved within a second; blocks, so never on the event loop. */
    public boolean verify(InetAddress address, String userAgent) {
        return verifyFromMemory(address, userAgent).orElseGet(() -> told(names.verify(plain(address))));
    }

    private boolean told(CrawlerVerificationOutcome outcome) {
        metrics.countReverseDnsCheck(outcome);
        return outcome.isVerified();
    }

    /** An IPv4 address that is written as an IPv6 one is an IPv4 address. */
    private static InetAddress plain(InetAddress address) {
        return InetAddresses.forString(InetAddresses.toAddrString(address));
    }
}
