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

/** Who is a crawler, with the domain name system as a table. */
class CrawlerVerifierTest {
    private static final String GOOGLEBOT = "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)";
    private static final String READER =
            "Mozilla/5.0 (Macintosh; Intel Mac OS X 15_1) AppleWebKit/605.1.15 Safari/605.1.15";
    private static final InetAddress GOOGLE = InetAddresses.forString("66.249.66.1");
    private static final InetAddress SOMEBODY = InetAddresses.forString("203.0.113.7");

    @TempDir
    private Path folder;

    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private final AtomicLong nanos = new AtomicLong();
    private final InMemoryDnsResolver table = new InMemoryDnsResolver();

    /** Names of addresses, addresses of names; and how often it was asked for a name. */
    private static class InMemoryDnsResolver implements DnsResolver {
        private final Map<InetAddress, List<String>> names = new HashMap<>();
        private final Map<String, List<InetAddress>> addresses = new HashMap<>();
        private final AtomicInteger asked = new AtomicInteger();
        private boolean away;

        @Override
        public List<String> lookUpNames(InetAddress address) {
            asked.incrementAndGet();
            if (away) {
                throw new UncheckedIOException(new IOException("Nobody answers"));
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
        return crawlers(new PublishedIpLists(TestBotsConfig.withoutCrawlers()), names(List.of(), table));
    }

    private CrawlerVerifier withPublishedList() throws IOException {
        Path file = folder.resolve("googlebot.json");
        Files.writeString(file, "{\"prefixes\": [{\"ipv4Prefix\": \"66.249.66.0/27\"}]}");
        PublishedIpLists lists = new PublishedIpLists(TestBotsConfig.withLists(file));
        lists.refresh();
        return crawlers(lists, names(List.of(), table));
    }

    private CrawlerVerifier withReverseDns() {
        return withReverseDns(table);
    }

    private CrawlerVerifier withReverseDns(DnsResolver resolver) {
        return crawlers(
                new PublishedIpLists(TestBotsConfig.withoutCrawlers()), names(List.of("googlebot.com"), resolver));
    }

    private ReverseDnsVerifier names(List<String> domains, DnsResolver resolver) {
        return new ReverseDnsVerifier(CrawlerDomains.of(domains), resolver, Duration.ofMillis(300), nanos::get);
    }

    private CrawlerVerifier crawlers(PublishedIpLists lists, ReverseDnsVerifier names) {
        return new CrawlerVerifier(lists, names, new CrawlerMetrics(metrics));
    }

    private void addReverseName(InetAddress address, String... names) {
        table.names.put(address, List.of(names));
    }

    private void addAddresses(String name, InetAddress... addresses) {
        table.addresses.put(name, List.of(addresses));
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
            addReverseName(GOOGLE, "crawl.googlebot.com");
            addAddresses("crawl.googlebot.com", GOOGLE);

            assertThat(withoutConfiguration().verifyFromMemory(GOOGLE, GOOGLEBOT))
                    .contains(false);
            assertThat(withoutConfiguration().verify(GOOGLE, GOOGLEBOT)).isFalse();
            assertThat(table.asked).hasValue(0);
        }
    }

    @Nested
    class CrawlersByIpList {
        @ParameterizedTest
        @NullSource
        @ValueSource(strings = {GOOGLEBOT, READER})
        void listedAddressIsCrawlerWithAnyUserAgent(String userAgent) throws IOException {
            assertThat(withPublishedList().verifyFromMemory(GOOGLE, userAgent)).contains(true);
            assertThat(withPublishedList().verify(GOOGLE, userAgent)).isTrue();
        }

        @Test
        void unlistedAddressIsNoCrawler() throws IOException {
            CrawlerVerifier crawlers = withPublishedList();

            assertThat(crawlers.verifyFromMemory(SOMEBODY, GOOGLEBOT)).contains(false);
            assertThat(crawlers.verify(SOMEBODY, READER)).isFalse();
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
            addReverseName(GOOGLE, "crawl-66-249-66-1.googlebot.com.");
            addAddresses("crawl-66-249-66-1.googlebot.com.", GOOGLE);
            CrawlerVerifier crawlers = withReverseDns();

            assertThat(crawlers.verifyFromMemory(GOOGLE, GOOGLEBOT)).isEmpty();
            assertThat(crawlers.verify(GOOGLE, GOOGLEBOT)).isTrue();
            assertThat(crawlers.verifyFromMemory(GOOGLE, GOOGLEBOT)).contains(true);
            assertThat(verificationCount("REVERSE_DNS", CrawlerVerificationOutcome.VERIFIED))
                    .isEqualTo(2);
        }

        @Test
        void ipv6AddressWithConfirmedReverseNameIsCrawler() {
            InetAddress six = InetAddresses.forString("2001:4860:4801:10::5");
            addReverseName(six, "crawl.googlebot.com");
            addAddresses("crawl.googlebot.com", GOOGLE, six);

            assertThat(withReverseDns().verify(six, GOOGLEBOT)).isTrue();
        }

        @Test
        void addressWhoseNameResolvesElsewhereIsNoCrawler() {
            addReverseName(SOMEBODY, "crawl-66-249-66-1.googlebot.com");
            addAddresses("crawl-66-249-66-1.googlebot.com", GOOGLE);

            assertThat(withReverseDns().verify(SOMEBODY, GOOGLEBOT)).isFalse();
        }

        @Test
        void addressWithNameOfOtherDomainIsNoCrawler() {
            addReverseName(SOMEBODY, "crawl.googlebot.com.evil.test");
            addAddresses("crawl.googlebot.com.evil.test", SOMEBODY);

            assertThat(withReverseDns().verify(SOMEBODY, GOOGLEBOT)).isFalse();
        }

        @Test
        void addressWithoutReverseNameIsNoCrawler() {
            assertThat(withReverseDns().verify(SOMEBODY, GOOGLEBOT)).isFalse();
            assertThat(verificationCount("REVERSE_DNS", CrawlerVerificationOutcome.NOT_VERIFIED))
                    .isEqualTo(1);
        }

        @Test
        void onlyFirstReverseNamesAreChecked() {
            List<String> many = new ArrayList<>();
            for (int i = 0; i < 1000; i++) {
                many.add("x" + i + ".googlebot.com");
            }
            addReverseName(SOMEBODY, many.toArray(String[]::new));
            addAddresses("x999.googlebot.com", SOMEBODY);
            addReverseName(GOOGLE, "proxy.example", "crawl.googlebot.com");
            addAddresses("crawl.googlebot.com", GOOGLE);

            assertThat(withReverseDns().verify(SOMEBODY, GOOGLEBOT)).isFalse();
            assertThat(withReverseDns().verify(GOOGLE, GOOGLEBOT)).isTrue();
        }

        @ParameterizedTest
        @NullSource
        @ValueSource(strings = {"", READER})
        void userAgentWithoutRobotClaimIsNotLookedUp(String userAgent) {
            addReverseName(GOOGLE, "crawl.googlebot.com");
            addAddresses("crawl.googlebot.com", GOOGLE);

            assertThat(withReverseDns().verifyFromMemory(GOOGLE, userAgent)).contains(false);
            assertThat(withReverseDns().verify(GOOGLE, userAgent)).isFalse();
            assertThat(table.asked).hasValue(0);
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
            InetAddress inside = InetAddresses.forString(address);
            addReverseName(inside, "crawl.googlebot.com");
            addAddresses("crawl.googlebot.com", inside);

            assertThat(withReverseDns().verify(inside, GOOGLEBOT)).isFalse();
            assertThat(table.asked).hasValue(0);
        }

        @Test
        void ipv4MappedAddressIsLookedUpAsIpv4() throws UnknownHostException {
            byte[] mapped = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1, 66, (byte) 249, 66, 1};
            addReverseName(GOOGLE, "crawl.googlebot.com");
            addAddresses("crawl.googlebot.com", GOOGLE);

            assertThat(withReverseDns().verify(Inet6Address.getByAddress(null, mapped, 0), GOOGLEBOT))
                    .isTrue();
        }

        @Test
        void dnsAnswerIsCachedForHoursAndFailureForSeconds() {
            CrawlerVerifier crawlers = withReverseDns();
            table.away = true;
            assertThat(crawlers.verify(GOOGLE, GOOGLEBOT)).isFalse();
            assertThat(crawlers.verify(GOOGLE, GOOGLEBOT)).isFalse();
            assertThat(table.asked).hasValue(1);
            assertThat(verificationCount("REVERSE_DNS", CrawlerVerificationOutcome.LOOKUP_FAILED))
                    .isEqualTo(2);

            table.away = false;
            addReverseName(GOOGLE, "crawl.googlebot.com");
            addAddresses("crawl.googlebot.com", GOOGLE);
            nanos.addAndGet(Duration.ofSeconds(31).toNanos());
            assertThat(crawlers.verify(GOOGLE, GOOGLEBOT)).isTrue();
            assertThat(table.asked).hasValue(2);

            nanos.addAndGet(Duration.ofHours(11).toNanos());
            assertThat(crawlers.verifyFromMemory(GOOGLE, GOOGLEBOT)).contains(true);
            nanos.addAndGet(Duration.ofHours(1).toNanos());
            assertThat(crawlers.verifyFromMemory(GOOGLE, GOOGLEBOT)).isEmpty();
        }

        @Test
        void negativeDnsAnswerIsCached() {
            CrawlerVerifier crawlers = withReverseDns();
            assertThat(crawlers.verify(SOMEBODY, GOOGLEBOT)).isFalse();

            nanos.addAndGet(Duration.ofHours(3).toNanos());
            assertThat(crawlers.verifyFromMemory(SOMEBODY, GOOGLEBOT)).contains(false);
            nanos.addAndGet(Duration.ofHours(1).toNanos());
            assertThat(crawlers.verifyFromMemory(SOMEBODY, GOOGLEBOT)).isEmpty();
        }
    }

    /** Name servers that do not answer. */
    @Nested
    class CrawlerLookupLimits {
        private final CountDownLatch answered = new CountDownLatch(1);

        private final AtomicInteger begun = new AtomicInteger();

        private final DnsResolver silent = new InMemoryDnsResolver() {
            @Override
            public List<String> lookUpNames(InetAddress address) {
                begun.incrementAndGet();
                try {
                    answered.await();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
                return super.lookUpNames(address);
            }
        };

        @Test
        void unansweredDnsLookupIsNoCrawler() {
            long start = System.nanoTime();

            assertThat(withReverseDns(silent).verify(GOOGLE, GOOGLEBOT)).isFalse();

            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
            assertThat(verificationCount("REVERSE_DNS", CrawlerVerificationOutcome.LOOKUP_FAILED))
                    .isEqualTo(1);
            answered.countDown();
        }

        @Test
        void lookupsBeyondLimitAreRefusedImmediately() throws Exception {
            CrawlerVerifier crawlers = withReverseDns(silent);
            List<Callable<Boolean>> questions = new ArrayList<>();
            for (int i = 1; i <= 40; i++) {
                InetAddress address = InetAddresses.forString("203.0.113." + i);
                questions.add(() -> crawlers.verify(address, GOOGLEBOT));
            }

            try (ExecutorService threads = Executors.newFixedThreadPool(questions.size())) {
                for (Future<Boolean> answer : threads.invokeAll(questions)) {
                    assertThat(answer.get()).isFalse();
                }
            }

            assertThat(verificationCount("REVERSE_DNS", CrawlerVerificationOutcome.LOOKUP_REJECTED))
                    .isPositive();
            assertThat(verificationCount("REVERSE_DNS", CrawlerVerificationOutcome.LOOKUP_FAILED))
                    .isPositive();
            assertThat(verificationCount("REVERSE_DNS", CrawlerVerificationOutcome.LOOKUP_REJECTED)
                            + verificationCount("REVERSE_DNS", CrawlerVerificationOutcome.LOOKUP_FAILED))
                    .isEqualTo(40);
            answered.countDown();
        }

        @Test
        void timedOutLookupFreesItsSlot() {
            CrawlerVerifier crawlers = withReverseDns(silent);
            for (int i = 1; i <= 10; i++) {
                assertThat(crawlers.verify(InetAddresses.forString("203.0.113." + i), GOOGLEBOT))
                        .isFalse();
            }

            answered.countDown();

            assertThat(crawlers.verify(GOOGLE, GOOGLEBOT)).isFalse();
            assertThat(verificationCount("REVERSE_DNS", CrawlerVerificationOutcome.LOOKUP_REJECTED))
                    .isZero();
            assertThat(verificationCount("REVERSE_DNS", CrawlerVerificationOutcome.NOT_VERIFIED))
                    .isEqualTo(1);
        }

        @Test
        void concurrentLookupsOfSameAddressShareOneAnswer() throws Exception {
            CrawlerVerifier crawlers = withReverseDns(silent);
            Callable<Boolean> question = () -> crawlers.verify(GOOGLE, GOOGLEBOT);

            try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
                for (Future<Boolean> answer : threads.invokeAll(List.of(question, question, question, question))) {
                    assertThat(answer.get()).isFalse();
                }
            }

            assertThat(begun).hasValue(1);
            answered.countDown();
        }

        @Test
        void cachedOnlyQueryDoesNotWaitForRunningLookup() throws Exception {
            CrawlerVerifier crawlers = withReverseDns(silent);
            try (ExecutorService threads = Executors.newSingleThreadExecutor()) {
                Future<Boolean> waiting = threads.submit(() -> crawlers.verify(GOOGLE, GOOGLEBOT));
                await().until(() -> begun.get() == 1);

                assertThat(crawlers.verifyFromMemory(GOOGLE, GOOGLEBOT)).isEmpty();

                assertThat(waiting.get()).isFalse();
                assertThat(crawlers.verifyFromMemory(GOOGLE, GOOGLEBOT)).contains(false);
            }
            answered.countDown();
        }
    }
}
