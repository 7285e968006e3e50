package dev.gatefold.bots;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.github.benmanes.caffeine.cache.Ticker;
import com.google.common.net.InetAddresses;
import dev.gatefold.bots.DnsResolver.IpFamily;
import dev.gatefold.testing.ServiceTest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Name servers, asked over the wire; inside the service, where the JDK's contexts of names are switched off. */
@ServiceTest
class JndiDnsResolverTest {
    private static final InetAddress FOUR = InetAddresses.forString("66.249.66.1");
    private static final InetAddress SIX = InetAddresses.forString("2001:4860:4801:10::5");
    private static final String NAME = "crawl-66-249-66-1.googlebot.com";

    private FakeNameServer server;
    private JndiDnsResolver dns;

    @BeforeEach
    void start() throws IOException {
        server = new FakeNameServer();
        server.addPtrRecord("1.66.249.66.in-addr.arpa", NAME);
        server.addPtrRecord("5.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.1.0.0.1.0.8.4.0.6.8.4.1.0.0.2.ip6.arpa", NAME);
        server.addAddressRecord(NAME, "A", FOUR);
        server.addAddressRecord(NAME, "AAAA", SIX);
        dns = new JndiDnsResolver(server.address());
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void reverseNamesAreResolved() {
        assertThat(dns.lookUpNames(FOUR)).containsExactly(NAME + ".");
        assertThat(dns.lookUpNames(SIX)).containsExactly(NAME + ".");
    }

    @Test
    void addressesAreResolved() {
        assertThat(dns.lookUpAddresses(NAME + ".", IpFamily.IPV4)).containsExactly(FOUR);
        assertThat(dns.lookUpAddresses(NAME, IpFamily.IPV6)).containsExactly(SIX);
    }

    @Test
    void addressWithoutNameResolvesToNothing() {
        assertThat(dns.lookUpNames(InetAddresses.forString("203.0.113.7"))).isEmpty();
    }

    @Test
    void nameWithoutAddressOfFamilyResolvesToNothing() {
        server.addAddressRecord("four.googlebot.com", "A", FOUR);

        assertThat(dns.lookUpAddresses("four.googlebot.com", IpFamily.IPV6)).isEmpty();
    }

    @Test
    void serverFailureIsReported() {
        server.failQueries();

        assertThatExceptionOfType(UncheckedIOException.class).isThrownBy(() -> dns.lookUpNames(FOUR));
    }

    @Test
    void serverTimeoutIsReported() {
        server.dropQueries();

        assertThatExceptionOfType(UncheckedIOException.class).isThrownBy(() -> dns.lookUpNames(FOUR));
    }

    @Test
    void crawlerIsVerifiedByRealDnsQueries() {
        ReverseDnsVerifier names = new ReverseDnsVerifier(
                CrawlerDomains.of(List.of("googlebot.com")), dns, Duration.ofSeconds(1), Ticker.systemTicker());
        server.addPtrRecord("7.113.0.203.in-addr.arpa", NAME);

        assertThat(names.verify(FOUR)).isEqualTo(CrawlerVerificationOutcome.VERIFIED);
        assertThat(names.verify(SIX)).isEqualTo(CrawlerVerificationOutcome.VERIFIED);
        assertThat(names.verify(InetAddresses.forString("203.0.113.7")))
                .isEqualTo(CrawlerVerificationOutcome.NOT_VERIFIED);
        assertThat(names.verify(InetAddresses.forString("203.0.113.8")))
                .isEqualTo(CrawlerVerificationOutcome.NOT_VERIFIED);
        server.dropQueries();
        assertThat(names.verify(InetAddresses.forString("203.0.113.9")))
                .isEqualTo(CrawlerVerificationOutcome.LOOKUP_FAILED);
    }
}
