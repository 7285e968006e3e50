package dev.gatefold.bots;

import com.google.common.net.InetAddresses;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Verifies by the IP address of the connection that a caller is a search engine's crawler: first against the published IP
 * lists, then by reverse DNS. A User-Agent proves nothing, but without a crawler's User-Agent no DNS lookup is made.
 */
@Singleton
public class CrawlerVerifier {
    private static final Pattern CRAWLER_USER_AGENT = Pattern.compile("(?i)bot|crawl|spider|slurp|google|bingpreview");

    /** Address ranges that are not routed on the internet: such an address is that of a proxy, and has no public name. */
    private static final IpPrefixSet PRIVATE_RANGES = new IpPrefixSet(Stream.of(
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

    private final PublishedIpLists ipLists;
    private final ReverseDnsVerifier reverseDns;
    private final CrawlerMetrics metrics;

    CrawlerVerifier(PublishedIpLists ipLists, ReverseDnsVerifier reverseDns, CrawlerMetrics metrics) {
        this.ipLists = ipLists;
        this.reverseDns = reverseDns;
        this.metrics = metrics;
    }

    /**
     * Returns whether the caller is a crawler, without blocking, or empty if {@link #verify} would have to query DNS.
     *
     * @param address of the caller, not of a proxy in between
     * @param userAgent header of the request, or null
     */
    public Optional<Boolean> verifyFromMemory(InetAddress address, String userAgent) {
        if (ipLists.contains(address)) {
            metrics.countIpListCheck(CrawlerVerificationOutcome.VERIFIED);
            return Optional.of(true);
        }
        if (userAgent == null || !CRAWLER_USER_AGENT.matcher(userAgent).find()) {
            return Optional.of(false);
        }
        if (reverseDns.isConfigured() && !PRIVATE_RANGES.contains(address)) {
            return reverseDns.cached(unmapped(address)).map(this::countReverseDnsCheck);
        }
        if (ipLists.areConfigured()) {
            metrics.countIpListCheck(CrawlerVerificationOutcome.NOT_VERIFIED);
        }
        return Optional.of(false);
    }

    /**
     * Returns whether the caller is a crawler. Blocks for up to a second for DNS, so it must not be called on the event
     * loop. A lookup without an answer counts as no.
     *
     * @param address of the caller, not of a proxy in between
     * @param userAgent header of the request, or null
     */
    public boolean verify(InetAddress address, String userAgent) {
        return verifyFromMemory(address, userAgent)
                .orElseGet(() -> countReverseDnsCheck(reverseDns.verify(unmapped(address))));
    }

    private boolean countReverseDnsCheck(CrawlerVerificationOutcome outcome) {
        metrics.countReverseDnsCheck(outcome);
        return outcome.isVerified();
    }

    /** Converts an IPv4-mapped IPv6 address to IPv4, so that both forms share one lookup. */
    private static InetAddress unmapped(InetAddress address) {
        return InetAddresses.forString(InetAddresses.toAddrString(address));
    }
}
