package dev.gatefold.bots;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;

/** Counts crawler verifications by method and outcome. */
@Singleton
class CrawlerMetrics {
    private final Map<CrawlerVerificationOutcome, Counter> ipListChecks;
    private final Map<CrawlerVerificationOutcome, Counter> reverseDnsChecks;

    CrawlerMetrics(MeterRegistry metrics) {
        ipListChecks = counters(
                metrics,
                "IP_LIST",
                Set.of(CrawlerVerificationOutcome.VERIFIED, CrawlerVerificationOutcome.NOT_VERIFIED));
        reverseDnsChecks = counters(metrics, "REVERSE_DNS", Set.of(CrawlerVerificationOutcome.values()));
    }

    private static Map<CrawlerVerificationOutcome, Counter> counters(
            MeterRegistry metrics, String method, Set<CrawlerVerificationOutcome> outcomes) {
        Map<CrawlerVerificationOutcome, Counter> counters = new EnumMap<>(CrawlerVerificationOutcome.class);
        for (CrawlerVerificationOutcome outcome : outcomes) {
            counters.put(
                    outcome,
                    Counter.builder("gatefold.crawler.verifications")
                            .description("Verifications of callers that may be crawlers, by the method that decided")
                            .tag("method", method)
                            .tag("outcome", outcome.name())
                            .register(metrics));
        }
        return counters;
    }

    /** Counts a verification that the IP lists decided: {@code VERIFIED} or {@code NOT_VERIFIED}. */
    void countIpListCheck(CrawlerVerificationOutcome outcome) {
        ipListChecks.get(outcome).increment();
    }

    /** Counts a verification that reverse DNS decided. */
    void countReverseDnsCheck(CrawlerVerificationOutcome outcome) {
        reverseDnsChecks.get(outcome).increment();
    }
}
