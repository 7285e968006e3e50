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
 * Proof by name: the address is named under a crawler's domain, which whoever holds the address may write, and that name
 * leads back to the address, which only whoever holds the domain can write.
 */
@Singleton
class ReverseDnsVerifier {
    private static final int MOST_REMEMBERED = 100_000;

    /** Each keeps a worker waiting; others than crawlers need those too. */
    private static final int MOST_WAITING = 6;

    /** A crawler's address has one name; whoever gives theirs hundreds wants us to be busy. */
    private static final int MOST_NAMES = 3;

    private final DnsResolver resolver;
    private final CrawlerDomains domains;
    private final Duration patience;
    private final Semaphore waiting = new Semaphore(MOST_WAITING);
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

    /** @param ticker the machine's, by which names live; not the service's clock, which tests and developers move */
    ReverseDnsVerifier(CrawlerDomains domains, DnsResolver resolver, Duration patience, Ticker ticker) {
        this.domains = domains;
        this.resolver = resolver;
        this.patience = patience;
        this.outcomes = Caffeine.newBuilder()
                .maximumSize(MOST_REMEMBERED)
                .expireAfter(Expiry.<InetAddress, CrawlerVerificationOutcome>creating(
                        (_, outcome) -> outcome.cacheDuration()))
                .ticker(ticker)
                .recordStats()
                .buildAsync();
    }

    boolean isConfigured() {
        return domains.areConfigured();
    }

    /** What is known without waiting. */
    Optional<CrawlerVerificationOutcome> cached(InetAddress address) {
        return Optional.ofNullable(outcomes.synchronous().getIfPresent(address));
    }

    /** What is known, or else what the name servers say; blocks, but not for longer than patience lasts. */
    CrawlerVerificationOutcome verify(InetAddress address) {
        if (!waiting.tryAcquire()) {
            return CrawlerVerificationOutcome.LOOKUP_REJECTED;
        }
        try {
            return outcomes.get(address, (_, _) -> lookUp(address)).join();
        } finally {
            waiting.release();
        }
    }

    /** On a thread of its own, since what is waited for cannot be hurried; those who ask for the same wait together. */
    private CompletableFuture<CrawlerVerificationOutcome> lookUp(InetAddress address) {
        return CompletableFuture.supplyAsync(() -> confirm(address), Thread::startVirtualThread)
                .completeOnTimeout(CrawlerVerificationOutcome.LOOKUP_FAILED, patience.toMillis(), TimeUnit.MILLISECONDS)
                .exceptionally(_ -> CrawlerVerificationOutcome.LOOKUP_FAILED);
    }

    private CrawlerVerificationOutcome confirm(InetAddress address) {
        boolean leadsBack = resolver.lookUpNames(address).stream()
                .filter(domains::contains)
                .limit(MOST_NAMES)
                .anyMatch(name -> resolver.lookUpAddresses(name, DnsResolver.IpFamily.of(address))
                        .contains(address));
        return leadsBack ? CrawlerVerificationOutcome.VERIFIED : CrawlerVerificationOutcome.NOT_VERIFIED;
    }
}
