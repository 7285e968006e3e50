package dev.gatefold.bots;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.Ticker;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.cache.CaffeineCacheMetrics;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Verifies a crawler by forward-confirmed reverse DNS, as Google and Bing document it: the address has a host name below a
 * crawler's domain, and that name resolves to the address. The first alone proves nothing, since the owner of an address
 * chooses its name; only the owner of the domain can do the second.
 */
@Singleton
class ReverseDnsVerifier {
    private static final int MAX_CACHED_ADDRESSES = 100_000;

    /** Each lookup blocks a worker thread, and other requests need those too. */
    private static final int MAX_CONCURRENT_LOOKUPS = 6;

    /** A crawler's address has one name. An attacker may give theirs hundreds, each of which would cost a lookup. */
    private static final int MAX_NAMES = 3;

    private final DnsResolver resolver;
    private final CrawlerDomains domains;
    private final Duration timeout;
    private final Semaphore lookups = new Semaphore(MAX_CONCURRENT_LOOKUPS);
    private final AsyncCache<InetAddress, CrawlerVerificationOutcome> outcomes;

    @Inject
    ReverseDnsVerifier(BotsConfig config, DnsResolver resolver, MeterRegistry metrics) {
        this(
                CrawlerDomains.of(config.domains().orElse(List.of())),
                resolver,
                Duration.ofSeconds(1),
                Ticker.systemTicker());
        CaffeineCacheMetrics.monitor(metrics, outcomes, "gatefold.crawler.dns");
    }

    /**
     * Creates a verifier.
     *
     * @param timeout how long one verification may block
     * @param ticker real time, by which the cache expires; not the service's clock, which tests move by days
     */
    ReverseDnsVerifier(CrawlerDomains domains, DnsResolver resolver, Duration timeout, Ticker ticker) {
        this.domains = domains;
        this.resolver = resolver;
        this.timeout = timeout;
        this.outcomes = Caffeine.newBuilder()
                .maximumSize(MAX_CACHED_ADDRESSES)
                .expireAfter(Expiry.<InetAddress, CrawlerVerificationOutcome>creating(
                        (_, outcome) -> outcome.cacheDuration()))
                .ticker(ticker)
                .recordStats()
                .buildAsync();
    }

    boolean isConfigured() {
        return domains.areConfigured();
    }

    /** Returns the cached outcome for an address, without blocking. */
    Optional<CrawlerVerificationOutcome> cached(InetAddress address) {
        return Optional.ofNullable(outcomes.synchronous().getIfPresent(address));
    }

    /** Returns the cached outcome for an address, or queries DNS and blocks until the timeout at most. */
    CrawlerVerificationOutcome verify(InetAddress address) {
        if (!lookups.tryAcquire()) {
            return CrawlerVerificationOutcome.LOOKUP_REJECTED;
        }
        try {
            return outcomes.get(address, (_, _) -> lookUp(address)).join();
        } finally {
            lookups.release();
        }
    }

    /** Queries DNS on a virtual thread, which is abandoned on timeout: the JDK's DNS client cannot be interrupted. */
    private CompletableFuture<CrawlerVerificationOutcome> lookUp(InetAddress address) {
        return CompletableFuture.supplyAsync(() -> confirm(address), Thread::startVirtualThread)
                .completeOnTimeout(CrawlerVerificationOutcome.LOOKUP_FAILED, timeout.toMillis(), TimeUnit.MILLISECONDS)
                .exceptionally(_ -> CrawlerVerificationOutcome.LOOKUP_FAILED);
    }

    private CrawlerVerificationOutcome confirm(InetAddress address) {
        boolean confirmed = resolver.lookUpNames(address).stream()
                .filter(domains::contains)
                .limit(MAX_NAMES)
                .anyMatch(name -> resolver.lookUpAddresses(name, DnsResolver.IpFamily.of(address))
                        .contains(address));
        return confirmed ? CrawlerVerificationOutcome.VERIFIED : CrawlerVerificationOutcome.NOT_VERIFIED;
    }
}
