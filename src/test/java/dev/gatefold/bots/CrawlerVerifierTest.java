package dev.gatefold.bots;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.common.net.InetAddresses;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which callers are verified as crawlers, with published lists and with DNS records in memory. */
class CrawlerVerifierTest {
    private static final String GOOGLEBOT = "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)";
    private static final String BROWSER =
            "Mozilla/5.0 (Macintosh; Intel Mac OS X 15_1) AppleWebKit/605.1.15 Safari/605.1.15";
    private static final InetAddress CRAWLER_ADDRESS = InetAddresses.forString("66.249.66.1");
    private static final InetAddress OTHER_ADDRESS = InetAddresses.forString("203.0.113.7");

    @TempDir
    private Path folder;

    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private final AtomicLong nanos = new AtomicLong();
    private final InMemoryDnsResolver dns = new InMemoryDnsResolver();

    /** DNS records in memory. Counts reverse lookups. */
    private static class InMemoryDnsResolver implements DnsResolver {
        private final Map<InetAddress, List<String>> names = new HashMap<>();
        private final Map<String, List<InetAddress>> addresses = new HashMap<>();
        private final AtomicInteger lookups = new AtomicInteger();
        private boolean unavailable;

        @Override
        public List<String> lookUpNames(InetAddress address) {
            lookups.incrementAndGet();
            if (unavailable) {
                throw new UncheckedIOException(new IOException("No answer"));
            }
            return names.getOrDefault(address, List.of());
        }

        @Override
        public List<InetAddress> lookUpAddresses(String name, IpFamily family) {
            return addresses.getOrDefault(name, List.of()).stream()
                    .filter(address -> IpFamily.of(address) == family)
                    .toList();
        }
    }

    private CrawlerVerifier withoutConfiguration() {
        return verifier(new PublishedIpLists(TestBotsConfig.withoutCrawlers()), reverseDns(List.of(), dns));
    }

    private CrawlerVerifier withPublishedList() throws IOException {
        Path file = folder.resolve("googlebot.json");
        Files.writeString(file, "{\"prefixes\": [{\"ipv4Prefix\": \"66.249.66.0/27\"}]}");
        PublishedIpLists lists = new PublishedIpLists(TestBotsConfig.withLists(file));
        lists.refresh();
        return verifier(lists, reverseDns(List.of(), dns));
    }

    private CrawlerVerifier withReverseDns() {
        return withReverseDns(dns);
    }

    private CrawlerVerifier withReverseDns(DnsResolver resolver) {
        return verifier(
                new PublishedIpLists(TestBotsConfig.withoutCrawlers()), reverseDns(List.of("googlebot.com"), resolver));
    }

    private ReverseDnsVerifier reverseDns(List<String> domains, DnsResolver resolver) {
        return new ReverseDnsVerifier(CrawlerDomains.of(domains), resolver, Duration.ofMillis(300), nanos::get);
    }

    private CrawlerVerifier verifier(PublishedIpLists lists, ReverseDnsVerifier reverseDns) {
        return new CrawlerVerifier(lists, reverseDns, new CrawlerMetrics(metrics));
    }

    private void addReverseName(InetAddress address, String... names) {
        dns.names.put(address, List.of(names));
    }

    private void addAddresses(String name, InetAddress... addresses) {
        dns.addresses.put(name, List.of(addresses));
    }

    private double verificationCount(String method, CrawlerVerificationOutcome outcome) {
        return metrics.get("gatefold.crawler.verifications")
                .tags("method", method, "outcome", outcome.name())
                .counter()
                .count();
    }

    @Nested
    class CrawlersNotConfigured {
        @Test
        void noCallerIsCrawlerWithoutConfiguration() {
            addReverseName(CRAWLER_ADDRESS, "crawl.googlebot.com");
            addAddresses("crawl.googlebot.com", CRAWLER_ADDRESS);

            assertThat(withoutConfiguration().verifyFromMemory(CRAWLER_ADDRESS, GOOGLEBOT))
                    .contains(false);
            assertThat(withoutConfiguration().verify(CRAWLER_ADDRESS, GOOGLEBOT))
                    .isFalse();
            assertThat(dns.lookups).hasValue(0);
        }
    }

    @Nested
    class CrawlersByIpList {
        @ParameterizedTest
        @NullSource
        @ValueSource(strings = {GOOGLEBOT, BROWSER})
        void listedAddressIsCrawlerWithAnyUserAgent(String userAgent) throws IOException {
            assertThat(withPublishedList().verifyFromMemory(CRAWLER_ADDRESS, userAgent))
                    .contains(true);
            assertThat(withPublishedList().verify(CRAWLER_ADDRESS, userAgent)).isTrue();
        }

        @Test
        void unlistedAddressIsNoCrawler() throws IOException {
            CrawlerVerifier verifier = withPublishedList();

            assertThat(verifier.verifyFromMemory(OTHER_ADDRESS, GOOGLEBOT)).contains(false);
            assertThat(verifier.verify(OTHER_ADDRESS, BROWSER)).isFalse();
            assertThat(verificationCount("IP_LIST", CrawlerVerificationOutcome.NOT_VERIFIED))
                    .isEqualTo(1);
            assertThat(verificationCount("IP_LIST", CrawlerVerificationOutcome.VERIFIED))
                    .isZero();
        }
    }

    @Nested
    class CrawlersByReverseDns {
        @Test
        void addressWithConfirmedReverseNameIsCrawler() {
            addReverseName(CRAWLER_ADDRESS, "crawl-66-249-66-1.googlebot.com.");
            addAddresses("crawl-66-249-66-1.googlebot.com.", CRAWLER_ADDRESS);
            CrawlerVerifier verifier = withReverseDns();

            assertThat(verifier.verifyFromMemory(CRAWLER_ADDRESS, GOOGLEBOT)).isEmpty();
            assertThat(verifier.verify(CRAWLER_ADDRESS, GOOGLEBOT)).isTrue();
            assertThat(verifier.verifyFromMemory(CRAWLER_ADDRESS, GOOGLEBOT)).contains(true);
            assertThat(verificationCount("REVERSE_DNS", CrawlerVerificationOutcome.VERIFIED))
                    .isEqualTo(2);
        }

        @Test
        void ipv6AddressWithConfirmedReverseNameIsCrawler() {
            InetAddress ipv6 = InetAddresses.forString("2001:4860:4801:10::5");
            addReverseName(ipv6, "crawl.googlebot.com");
            addAddresses("crawl.googlebot.com", CRAWLER_ADDRESS, ipv6);

            assertThat(withReverseDns().verify(ipv6, GOOGLEBOT)).isTrue();
        }

        @Test
        void addressWhoseNameResolvesElsewhereIsNoCrawler() {
            addReverseName(OTHER_ADDRESS, "crawl-66-249-66-1.googlebot.com");
            addAddresses("crawl-66-249-66-1.googlebot.com", CRAWLER_ADDRESS);

            assertThat(withReverseDns().verify(OTHER_ADDRESS, GOOGLEBOT)).isFalse();
        }

        @Test
        void addressWithNameOfOtherDomainIsNoCrawler() {
            addReverseName(OTHER_ADDRESS, "crawl.googlebot.com.evil.test");
            addAddresses("crawl.googlebot.com.evil.test", OTHER_ADDRESS);

            assertThat(withReverseDns().verify(OTHER_ADDRESS, GOOGLEBOT)).isFalse();
        }

        @Test
        void addressWithoutReverseNameIsNoCrawler() {
            assertThat(withReverseDns().verify(OTHER_ADDRESS, GOOGLEBOT)).isFalse();
            assertThat(verificationCount("REVERSE_DNS", CrawlerVerificationOutcome.NOT_VERIFIED))
                    .isEqualTo(1);
        }

        @Test
        void onlyFirstReverseNamesAreChecked() {
            List<String> names = new ArrayList<>();
            for (int i = 0; i < 1000; i++) {
                names.add("x" + i + ".googlebot.com");
            }
            addReverseName(OTHER_ADDRESS, names.toArray(String[]::new));
            addAddresses("x999.googlebot.com", OTHER_ADDRESS);
            addReverseName(CRAWLER_ADDRESS, "proxy.example", "crawl.googlebot.com");
            addAddresses("crawl.googlebot.com", CRAWLER_ADDRESS);

            assertThat(withReverseDns().verify(OTHER_ADDRESS, GOOGLEBOT)).isFalse();
            assertThat(withReverseDns().verify(CRAWLER_ADDRESS, GOOGLEBOT)).isTrue();
        }

        @ParameterizedTest
        @NullSource
        @ValueSource(strings = {"", BROWSER})
        void userAgentWithoutRobotClaimIsNotLookedUp(String userAgent) {
            addReverseName(CRAWLER_ADDRESS, "crawl.googlebot.com");
            addAddresses("crawl.googlebot.com", CRAWLER_ADDRESS);

            assertThat(withReverseDns().verifyFromMemory(CRAWLER_ADDRESS, userAgent))
                    .contains(false);
            assertThat(withReverseDns().verify(CRAWLER_ADDRESS, userAgent)).isFalse();
            assertThat(dns.lookups).hasValue(0);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "127.0.0.1",
                    "10.1.2.3",
                    "172.31.0.1",
                    "192.168.1.1",
                    "169.254.1.1",
                    "100.64.0.1",
                    "0.0.0.0",
                    "::1",
                    "::",
                    "fe80::1",
                    "fd00::1"
                })
        void privateAddressIsNotLookedUp(String address) {
            InetAddress privateAddress = InetAddresses.forString(address);
            addReverseName(privateAddress, "crawl.googlebot.com");
            addAddresses("crawl.googlebot.com", privateAddress);

            assertThat(withReverseDns().verify(privateAddress, GOOGLEBOT)).isFalse();
            assertThat(dns.lookups).hasValue(0);
        }

        @Test
        void ipv4MappedAddressIsLookedUpAsIpv4() throws UnknownHostException {
            byte[] mapped = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1, 66, (byte) 249, 66, 1};
            addReverseName(CRAWLER_ADDRESS, "crawl.googlebot.com");
            addAddresses("crawl.googlebot.com", CRAWLER_ADDRESS);

            assertThat(withReverseDns().verify(Inet6Address.getByAddress(null, mapped, 0), GOOGLEBOT))
                    .isTrue();
        }

        @Test
        void dnsAnswerIsCachedForHoursAndFailureForSeconds() {
            CrawlerVerifier verifier = withReverseDns();
            dns.unavailable = true;
            assertThat(verifier.verify(CRAWLER_ADDRESS, GOOGLEBOT)).isFalse();
            assertThat(verifier.verify(CRAWLER_ADDRESS, GOOGLEBOT)).isFalse();
            assertThat(dns.lookups).hasValue(1);
            assertThat(verificationCount("REVERSE_DNS", CrawlerVerificationOutcome.LOOKUP_FAILED))
                    .isEqualTo(2);

            dns.unavailable = false;
            addReverseName(CRAWLER_ADDRESS, "crawl.googlebot.com");
            addAddresses("crawl.googlebot.com", CRAWLER_ADDRESS);
            nanos.addAndGet(Duration.ofSeconds(31).toNanos());
            assertThat(verifier.verify(CRAWLER_ADDRESS, GOOGLEBOT)).isTrue();
            assertThat(dns.lookups).hasValue(2);

            nanos.addAndGet(Duration.ofHours(11).toNanos());
            assertThat(verifier.verifyFromMemory(CRAWLER_ADDRESS, GOOGLEBOT)).contains(true);
            nanos.addAndGet(Duration.ofHours(1).toNanos());
            assertThat(verifier.verifyFromMemory(CRAWLER_ADDRESS, GOOGLEBOT)).isEmpty();
        }

        @Test
        void negativeDnsAnswerIsCached() {
            CrawlerVerifier verifier = withReverseDns();
            assertThat(verifier.verify(OTHER_ADDRESS, GOOGLEBOT)).isFalse();

            nanos.addAndGet(Duration.ofHours(3).toNanos());
            assertThat(verifier.verifyFromMemory(OTHER_ADDRESS, GOOGLEBOT)).contains(false);
            nanos.addAndGet(Duration.ofHours(1).toNanos());
            assertThat(verifier.verifyFromMemory(OTHER_ADDRESS, GOOGLEBOT)).isEmpty();
        }
    }

    /** Name servers that do not answer in time. */
    @Nested
    class CrawlerLookupLimits {
        private final CountDownLatch release = new CountDownLatch(1);

        private final AtomicInteger startedLookups = new AtomicInteger();

        private final DnsResolver silentDns = new InMemoryDnsResolver() {
            @Override
            public List<String> lookUpNames(InetAddress address) {
                startedLookups.incrementAndGet();
                try {
                    release.await();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
                return super.lookUpNames(address);
            }
        };

        @Test
        void unansweredDnsLookupIsNoCrawler() {
            long start = System.nanoTime();

            assertThat(withReverseDns(silentDns).verify(CRAWLER_ADDRESS, GOOGLEBOT))
                    .isFalse();

            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
            assertThat(verificationCount("REVERSE_DNS", CrawlerVerificationOutcome.LOOKUP_FAILED))
                    .isEqualTo(1);
            release.countDown();
        }

        @Test
        void lookupsBeyondLimitAreRefusedImmediately() throws Exception {
            CrawlerVerifier verifier = withReverseDns(silentDns);
            List<Callable<Boolean>> calls = new ArrayList<>();
            for (int i = 1; i <= 40; i++) {
                InetAddress address = InetAddresses.forString("203.0.113." + i);
                calls.add(() -> verifier.verify(address, GOOGLEBOT));
            }

            try (ExecutorService threads = Executors.newFixedThreadPool(calls.size())) {
                for (Future<Boolean> result : threads.invokeAll(calls)) {
                    assertThat(result.get()).isFalse();
                }
            }

            assertThat(verificationCount("REVERSE_DNS", CrawlerVerificationOutcome.LOOKUP_REJECTED))
                    .isPositive();
            assertThat(verificationCount("REVERSE_DNS", CrawlerVerificationOutcome.LOOKUP_FAILED))
                    .isPositive();
            assertThat(verificationCount("REVERSE_DNS", CrawlerVerificationOutcome.LOOKUP_REJECTED)
                            + verificationCount("REVERSE_DNS", CrawlerVerificationOutcome.LOOKUP_FAILED))
                    .isEqualTo(40);
            release.countDown();
        }

        @Test
        void timedOutLookupFreesItsSlot() {
            CrawlerVerifier verifier = withReverseDns(silentDns);
            for (int i = 1; i <= 10; i++) {
                assertThat(verifier.verify(InetAddresses.forString("203.0.113." + i), GOOGLEBOT))
                        .isFalse();
            }

            release.countDown();

            assertThat(verifier.verify(CRAWLER_ADDRESS, GOOGLEBOT)).isFalse();
            assertThat(verificationCount("REVERSE_DNS", CrawlerVerificationOutcome.LOOKUP_REJECTED))
                    .isZero();
            assertThat(verificationCount("REVERSE_DNS", CrawlerVerificationOutcome.NOT_VERIFIED))
                    .isEqualTo(1);
        }

        @Test
        void concurrentLookupsOfSameAddressShareOneAnswer() throws Exception {
            CrawlerVerifier verifier = withReverseDns(silentDns);
            Callable<Boolean> call = () -> verifier.verify(CRAWLER_ADDRESS, GOOGLEBOT);

            try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
                for (Future<Boolean> result : threads.invokeAll(List.of(call, call, call, call))) {
                    assertThat(result.get()).isFalse();
                }
            }

            assertThat(startedLookups).hasValue(1);
            release.countDown();
        }

        @Test
        void cachedOnlyQueryDoesNotWaitForRunningLookup() throws Exception {
            CrawlerVerifier verifier = withReverseDns(silentDns);
            try (ExecutorService threads = Executors.newSingleThreadExecutor()) {
                Future<Boolean> running = threads.submit(() -> verifier.verify(CRAWLER_ADDRESS, GOOGLEBOT));
                await().until(() -> startedLookups.get() == 1);

                assertThat(verifier.verifyFromMemory(CRAWLER_ADDRESS, GOOGLEBOT))
                        .isEmpty();

                assertThat(running.get()).isFalse();
                assertThat(verifier.verifyFromMemory(CRAWLER_ADDRESS, GOOGLEBOT))
                        .contains(false);
            }
            release.countDown();
        }
    }
}
