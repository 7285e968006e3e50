package dev.gatefold.bots;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.github.benmanes.caffeine.cache.Ticker;
import com.google.common.net.InetAddresses;
import dev.gatefold.ServiceTest;
import dev.gatefold.bots.Resolver.Family;
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
class DnsTest {
    private static final InetAddress FOUR = InetAddresses.forString("66.249.66.1");
    private static final InetAddress SIX = InetAddresses.forString("2001:4860:4801:10::5");
    private static final String NAME = "crawl-66-249-66-1.googlebot.com";

    private NameServer server;
    private Dns dns;

    @BeforeEach
    void start() throws IOException {
        server = new NameServer();
        server.names("1.66.249.66.in-addr.arpa", NAME);
        server.names("5.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.1.0.0.1.0.8.4.0.6.8.4.1.0.0.2.ip6.arpa", NAME);
        server.leads(NAME, "A", FOUR);
        server.leads(NAME, "AAAA", SIX);
        dns = new Dns(server.address());
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void namesAreAsked() {
        assertThat(dns.namesOf(FOUR)).containsExactly(NAME + ".");
        assertThat(dns.namesOf(SIX)).containsExactly(NAME + ".");
    }

    @Test
    void addressesAreAsked() {
        assertThat(dns.addressesOf(NAME + ".", Family.IPV4)).containsExactly(FOUR);
        assertThat(dns.addressesOf(NAME, Family.IPV6)).containsExactly(SIX);
    }

    @Test
    void whatHasNoNameHasNone() {
        assertThat(dns.namesOf(InetAddresses.forString("203.0.113.7"))).isEmpty();
    }

    @Test
    void whatHasNoAddressOfAFamilyHasNone() {
        server.leads("four.googlebot.com", "A", FOUR);

        assertThat(dns.addressesOf("four.googlebot.com", Family.IPV6)).isEmpty();
    }

    @Test
    void aServerThatFailsIsNoAnswer() {
        server.fails();

        assertThatExceptionOfType(UncheckedIOException.class).isThrownBy(() -> dns.namesOf(FOUR));
    }

    @Test
    void aServerThatSaysNothingIsNoAnswer() {
        server.saysNothing();

        assertThatExceptionOfType(UncheckedIOException.class).isThrownBy(() -> dns.namesOf(FOUR));
    }

    @Test
    void anAddressIsProvedOverTheWire() {
        Names names =
                new Names(Domains.of(List.of("googlebot.com")), dns, Duration.ofSeconds(1), Ticker.systemTicker());
        server.names("7.113.0.203.in-addr.arpa", NAME);

        assertThat(names.lookedUp(FOUR)).isEqualTo(Outcome.PROVED);
        assertThat(names.lookedUp(SIX)).isEqualTo(Outcome.PROVED);
        assertThat(names.lookedUp(InetAddresses.forString("203.0.113.7"))).isEqualTo(Outcome.UNPROVED);
        assertThat(names.lookedUp(InetAddresses.forString("203.0.113.8"))).isEqualTo(Outcome.UNPROVED);
        server.saysNothing();
        assertThat(names.lookedUp(InetAddresses.forString("203.0.113.9"))).isEqualTo(Outcome.FAILED);
    }
}
