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
class CrawlersTest {
    private static final String GOOGLEBOT = "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)";
    private static final String READER =
            "Mozilla/5.0 (Macintosh; Intel Mac OS X 15_1) AppleWebKit/605.1.15 Safari/605.1.15";
    private static final InetAddress GOOGLE = InetAddresses.forString("66.249.66.1");
    private static final InetAddress SOMEBODY = InetAddresses.forString("203.0.113.7");

    @TempDir
    private Path folder;

    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private final AtomicLong nanos = new AtomicLong();
    private final Table table = new Table();

    /** Names of addresses, addresses of names; and how often it was asked for a name. */
    private static class Table implements Resolver {
        private final Map<InetAddress, List<String>> names = new HashMap<>();
        private final Map<String, List<InetAddress>> addresses = new HashMap<>();
        private final AtomicInteger asked = new AtomicInteger();
        private boolean away;

        @Override
        public List<String> namesOf(InetAddress address) {
            asked.incrementAndGet();
            if (away) {
                throw new UncheckedIOException(new IOException("Nobody answers"));
            }
            return names.getOrDefault(address, List.of());
        }

        @Override
        public List<InetAddress> addressesOf(String name, Family family) {
            return addresses.getOrDefault(name, List.of()).stream()
                    .filter(address -> Family.of(address) == family)
                    .toList();
        }
    }

    private Crawlers byNothing() {
        return crawlers(new PublishedLists(Settings.ofNothing()), names(List.of(), table));
    }

    private Crawlers byList() throws IOException {
        Path file = folder.resolve("googlebot.json");
        Files.writeString(file, "{\"prefixes\": [{\"ipv4Prefix\": \"66.249.66.0/27\"}]}");
        PublishedLists lists = new PublishedLists(Settings.ofLists(file));
        lists.look();
        return crawlers(lists, names(List.of(), table));
    }

    private Crawlers byName() {
        return byName(table);
    }

    private Crawlers byName(Resolver resolver) {
        return crawlers(new PublishedLists(Settings.ofNothing()), names(List.of("googlebot.com"), resolver));
    }

    private Names names(List<String> domains, Resolver resolver) {
        return new Names(Domains.of(domains), resolver, Duration.ofMillis(300), nanos::get);
    }

    private Crawlers crawlers(PublishedLists lists, Names names) {
        return new Crawlers(lists, names, new CrawlerMetrics(metrics));
    }

    private void named(InetAddress address, String... names) {
        table.names.put(address, List.of(names));
    }

    private void leads(String name, InetAddress... addresses) {
        table.addresses.put(name, List.of(addresses));
    }

    private double counted(String proof, Outcome outcome) {
        return metrics.get("gatefold.crawlers")
                .tags("proof", proof, "outcome", outcome.name())
                .counter()
                .count();
    }

    @Nested
    class UnlessSet {
        @Test
        void nobodyIsOne() {
            named(GOOGLE, "crawl.googlebot.com");
            leads("crawl.googlebot.com", GOOGLE);

            assertThat(byNothing().known(GOOGLE, GOOGLEBOT)).contains(false);
            assertThat(byNothing().proves(GOOGLE, GOOGLEBOT)).isFalse();
            assertThat(table.asked).hasValue(0);
        }
    }

    @Nested
    class ByList {
        @ParameterizedTest
        @NullSource
        @ValueSource(strings = {GOOGLEBOT, READER})
        void whoCallsFromAnAddressOnItIsOneWhateverTheyCallThemselves(String userAgent) throws IOException {
            assertThat(byList().known(GOOGLE, userAgent)).contains(true);
            assertThat(byList().proves(GOOGLE, userAgent)).isTrue();
        }

        @Test
        void nobodyElseIs() throws IOException {
            Crawlers crawlers = byList();

            assertThat(crawlers.known(SOMEBODY, GOOGLEBOT)).contains(false);
            assertThat(crawlers.proves(SOMEBODY, READER)).isFalse();
            assertThat(counted("LIST", Outcome.UNPROVED)).isEqualTo(1);
            assertThat(counted("LIST", Outcome.PROVED)).isZero();
        }
    }

    @Nested
    class ByName {
        @Test
        void anAddressIsOneWhoseNameLeadsBackToIt() {
            named(GOOGLE, "crawl-66-249-66-1.googlebot.com.");
            leads("crawl-66-249-66-1.googlebot.com.", GOOGLE);
            Crawlers crawlers = byName();

            assertThat(crawlers.known(GOOGLE, GOOGLEBOT)).isEmpty();
            assertThat(crawlers.proves(GOOGLE, GOOGLEBOT)).isTrue();
            assertThat(crawlers.known(GOOGLE, GOOGLEBOT)).contains(true);
            assertThat(counted("NAME", Outcome.PROVED)).isEqualTo(2);
        }

        @Test
        void anIpv6AddressToo() {
            InetAddress six = InetAddresses.forString("2001:4860:4801:10::5");
            named(six, "crawl.googlebot.com");
            leads("crawl.googlebot.com", GOOGLE, six);

            assertThat(byName().proves(six, GOOGLEBOT)).isTrue();
        }

        @Test
        void anAddressIsNoneWhoseNameLeadsElsewhere() {
            named(SOMEBODY, "crawl-66-249-66-1.googlebot.com");
            leads("crawl-66-249-66-1.googlebot.com", GOOGLE);

            assertThat(byName().proves(SOMEBODY, GOOGLEBOT)).isFalse();
        }

        @Test
        void anAddressIsNoneWhoseNameIsOfAnotherDomain() {
            named(SOMEBODY, "crawl.googlebot.com.evil.test");
            leads("crawl.googlebot.com.evil.test", SOMEBODY);

            assertThat(byName().proves(SOMEBODY, GOOGLEBOT)).isFalse();
        }

        @Test
        void anAddressWithoutANameIsNone() {
            assertThat(byName().proves(SOMEBODY, GOOGLEBOT)).isFalse();
            assertThat(counted("NAME", Outcome.UNPROVED)).isEqualTo(1);
        }

        @Test
        void oneOfSeveralNamesIsEnoughButNotTheThousandth() {
            List<String> many = new ArrayList<>();
            for (int i = 0; i < 1000; i++) {
                many.add("x" + i + ".googlebot.com");
            }
            named(SOMEBODY, many.toArray(String[]::new));
            leads("x999.googlebot.com", SOMEBODY);
            named(GOOGLE, "proxy.example", "crawl.googlebot.com");
            leads("crawl.googlebot.com", GOOGLE);

            assertThat(byName().proves(SOMEBODY, GOOGLEBOT)).isFalse();
            assertThat(byName().proves(GOOGLE, GOOGLEBOT)).isTrue();
        }

        @ParameterizedTest
        @NullSource
        @ValueSource(strings = {"", READER})
        void whoDoesNotClaimToBeARobotIsNotLookedUp(String userAgent) {
            named(GOOGLE, "crawl.googlebot.com");
            leads("crawl.googlebot.com", GOOGLE);

            assertThat(byName().known(GOOGLE, userAgent)).contains(false);
            assertThat(byName().proves(GOOGLE, userAgent)).isFalse();
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
        void anAddressOfOurOwnIsNotLookedUp(String address) {
            InetAddress inside = InetAddresses.forString(address);
            named(inside, "crawl.googlebot.com");
            leads("crawl.googlebot.com", inside);

            assertThat(byName().proves(inside, GOOGLEBOT)).isFalse();
            assertThat(table.asked).hasValue(0);
        }

        @Test
        void anIpv4AddressThatIsWrittenAsAnIpv6OneIsAnIpv4Address() throws UnknownHostException {
            byte[] mapped = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1, 66, (byte) 249, 66, 1};
            named(GOOGLE, "crawl.googlebot.com");
            leads("crawl.googlebot.com", GOOGLE);

            assertThat(byName().proves(Inet6Address.getByAddress(null, mapped, 0), GOOGLEBOT))
                    .isTrue();
        }

        @Test
        void anAnswerIsRememberedForHoursAndAFailureForSeconds() {
            Crawlers crawlers = byName();
            table.away = true;
            assertThat(crawlers.proves(GOOGLE, GOOGLEBOT)).isFalse();
            assertThat(crawlers.proves(GOOGLE, GOOGLEBOT)).isFalse();
            assertThat(table.asked).hasValue(1);
            assertThat(counted("NAME", Outcome.FAILED)).isEqualTo(2);

            table.away = false;
            named(GOOGLE, "crawl.googlebot.com");
            leads("crawl.googlebot.com", GOOGLE);
            nanos.addAndGet(Duration.ofSeconds(31).toNanos());
            assertThat(crawlers.proves(GOOGLE, GOOGLEBOT)).isTrue();
            assertThat(table.asked).hasValue(2);

            nanos.addAndGet(Duration.ofHours(11).toNanos());
            assertThat(crawlers.known(GOOGLE, GOOGLEBOT)).contains(true);
            nanos.addAndGet(Duration.ofHours(1).toNanos());
            assertThat(crawlers.known(GOOGLE, GOOGLEBOT)).isEmpty();
        }

        @Test
        void aNoIsRememberedToo() {
            Crawlers crawlers = byName();
            assertThat(crawlers.proves(SOMEBODY, GOOGLEBOT)).isFalse();

            nanos.addAndGet(Duration.ofHours(3).toNanos());
            assertThat(crawlers.known(SOMEBODY, GOOGLEBOT)).contains(false);
            nanos.addAndGet(Duration.ofHours(1).toNanos());
            assertThat(crawlers.known(SOMEBODY, GOOGLEBOT)).isEmpty();
        }
    }

    /** Name servers that do not answer. */
    @Nested
    class InTime {
        private final CountDownLatch answered = new CountDownLatch(1);

        private final AtomicInteger begun = new AtomicInteger();

        private final Resolver silent = new Table() {
            @Override
            public List<String> namesOf(InetAddress address) {
                begun.incrementAndGet();
                try {
                    answered.await();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
                return super.namesOf(address);
            }
        };

        @Test
        void aSilenceIsANo() {
            long start = System.nanoTime();

            assertThat(byName(silent).proves(GOOGLE, GOOGLEBOT)).isFalse();

            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
            assertThat(counted("NAME", Outcome.FAILED)).isEqualTo(1);
            answered.countDown();
        }

        @Test
        void aFewWaitAndTheRestAreToldNoAtOnce() throws Exception {
            Crawlers crawlers = byName(silent);
            List<Callable<Boolean>> questions = new ArrayList<>();
            for (int i = 1; i <= 40; i++) {
                InetAddress address = InetAddresses.forString("203.0.113." + i);
                questions.add(() -> crawlers.proves(address, GOOGLEBOT));
            }

            try (ExecutorService threads = Executors.newFixedThreadPool(questions.size())) {
                for (Future<Boolean> answer : threads.invokeAll(questions)) {
                    assertThat(answer.get()).isFalse();
                }
            }

            assertThat(counted("NAME", Outcome.FULL)).isPositive();
            assertThat(counted("NAME", Outcome.FAILED)).isPositive();
            assertThat(counted("NAME", Outcome.FULL) + counted("NAME", Outcome.FAILED))
                    .isEqualTo(40);
            answered.countDown();
        }

        @Test
        void whoHasWaitedMakesRoom() {
            Crawlers crawlers = byName(silent);
            for (int i = 1; i <= 10; i++) {
                assertThat(crawlers.proves(InetAddresses.forString("203.0.113." + i), GOOGLEBOT))
                        .isFalse();
            }

            answered.countDown();

            assertThat(crawlers.proves(GOOGLE, GOOGLEBOT)).isFalse();
            assertThat(counted("NAME", Outcome.FULL)).isZero();
            assertThat(counted("NAME", Outcome.UNPROVED)).isEqualTo(1);
        }

        @Test
        void whoAskForTheSameWaitForOneAnswer() throws Exception {
            Crawlers crawlers = byName(silent);
            Callable<Boolean> question = () -> crawlers.proves(GOOGLE, GOOGLEBOT);

            try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
                for (Future<Boolean> answer : threads.invokeAll(List.of(question, question, question, question))) {
                    assertThat(answer.get()).isFalse();
                }
            }

            assertThat(begun).hasValue(1);
            answered.countDown();
        }

        @Test
        void whatIsBeingLookedUpIsNotYetKnownAndNobodyWaitsWhoOnlyAsksWhatIs() throws Exception {
            Crawlers crawlers = byName(silent);
            try (ExecutorService threads = Executors.newSingleThreadExecutor()) {
                Future<Boolean> waiting = threads.submit(() -> crawlers.proves(GOOGLE, GOOGLEBOT));
                await().until(() -> begun.get() == 1);

                assertThat(crawlers.known(GOOGLE, GOOGLEBOT)).isEmpty();

                assertThat(waiting.get()).isFalse();
                assertThat(crawlers.known(GOOGLE, GOOGLEBOT)).contains(false);
            }
            answered.countDown();
        }
    }
}
