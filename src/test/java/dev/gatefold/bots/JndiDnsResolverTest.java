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

/** DNS queries over UDP to a fake name server, inside the service, where Quarkus has disabled JNDI naming contexts. */
@ServiceTest
class JndiDnsResolverTest {
    private static final InetAddress IPV4_ADDRESS = InetAddresses.forString("66.249.66.1");
    private static final InetAddress IPV6_ADDRESS = InetAddresses.forString("2001:4860:4801:10::5");
    private static final String HOST_NAME = "crawl-66-249-66-1.googlebot.com";

    private FakeNameServer server;
    private JndiDnsResolver resolver;

    @BeforeEach
    void start() throws IOException {
        server = new FakeNameServer();
        server.addPtrRecord("1.66.249.66.in-addr.arpa", HOST_NAME);
        server.addPtrRecord("5.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.1.0.0.1.0.8.4.0.6.8.4.1.0.0.2.ip6.arpa", HOST_NAME);
        server.addAddressRecord(HOST_NAME, "A", IPV4_ADDRESS);
        server.addAddressRecord(HOST_NAME, "AAAA", IPV6_ADDRESS);
        resolver = new JndiDnsResolver(server.address());
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void reverseNamesAreResolved() {
        assertThat(resolver.lookUpNames(IPV4_ADDRESS)).containsExactly(HOST_NAME + ".");
        assertThat(resolver.lookUpNames(IPV6_ADDRESS)).containsExactly(HOST_NAME + ".");
    }

    @Test
    void addressesAreResolved() {
        assertThat(resolver.lookUpAddresses(HOST_NAME + ".", IpFamily.IPV4)).containsExactly(IPV4_ADDRESS);
        assertThat(resolver.lookUpAddresses(HOST_NAME, IpFamily.IPV6)).containsExactly(IPV6_ADDRESS);
    }

    @Test
    void addressWithoutNameResolvesToNothing() {
        assertThat(resolver.lookUpNames(InetAddresses.forString("203.0.113.7"))).isEmpty();
    }

    @Test
    void nameWithoutAddressOfFamilyResolvesToNothing() {
        server.addAddressRecord("ipv4-only.googlebot.com", "A", IPV4_ADDRESS);

        assertThat(resolver.lookUpAddresses("ipv4-only.googlebot.com", IpFamily.IPV6))
                .isEmpty();
    }

    @Test
    void serverFailureIsReported() {
        server.failQueries();

        assertThatExceptionOfType(UncheckedIOException.class).isThrownBy(() -> resolver.lookUpNames(IPV4_ADDRESS));
    }

    @Test
    void serverTimeoutIsReported() {
        server.dropQueries();

        assertThatExceptionOfType(UncheckedIOException.class).isThrownBy(() -> resolver.lookUpNames(IPV4_ADDRESS));
    }

    @Test
    void crawlerIsVerifiedByRealDnsQueries() {
        ReverseDnsVerifier verifier = new ReverseDnsVerifier(
                CrawlerDomains.of(List.of("googlebot.com")), resolver, Duration.ofSeconds(1), Ticker.systemTicker());
        server.addPtrRecord("7.113.0.203.in-addr.arpa", HOST_NAME);

        assertThat(verifier.verify(IPV4_ADDRESS)).isEqualTo(CrawlerVerificationOutcome.VERIFIED);
        assertThat(verifier.verify(IPV6_ADDRESS)).isEqualTo(CrawlerVerificationOutcome.VERIFIED);
        assertThat(verifier.verify(InetAddresses.forString("203.0.113.7")))
                .isEqualTo(CrawlerVerificationOutcome.NOT_VERIFIED);
        assertThat(verifier.verify(InetAddresses.forString("203.0.113.8")))
                .isEqualTo(CrawlerVerificationOutcome.NOT_VERIFIED);
        server.dropQueries();
        assertThat(verifier.verify(InetAddresses.forString("203.0.113.9")))
                .isEqualTo(CrawlerVerificationOutcome.LOOKUP_FAILED);
    }
}
