package dev.gatefold.bots;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;

/** What operators see of this room: how many who claimed to be a crawler were one, by what proof. */
@Singleton
class CrawlerMetrics {
    private final Map<CrawlerVerificationOutcome, Counter> countIpListCheck;
    private final Map<CrawlerVerificationOutcome, Counter> countReverseDnsCheck;

    CrawlerMetrics(MeterRegistry metrics) {
        countIpListCheck = counters(
                metrics,
                "IP_LIST",
                Set.of(CrawlerVerificationOutcome.VERIFIED, CrawlerVerificationOutcome.NOT_VERIFIED));
        countReverseDnsCheck = counters(metrics, "REVERSE_DNS", Set.of(CrawlerVerificationOutcome.values()));
    }

    private static Map<CrawlerVerificationOutcome, Counter> counters(
            MeterRegistry metrics, String method, Set<CrawlerVerificationOutcome> outcomes) {
        Map<CrawlerVerificationOutcome, Counter> counters = new EnumMap<>(CrawlerVerificationOutcome.class);
        for (CrawlerVerificationOutcome outcome : outcomes) {
            counters.put(
                    outcome,
                    Counter.builder("gatefold.crawler.verifications")
                            .description("Questions whether a caller is a crawler, by the proof that settled them")
                            .tag("method", method)
                            .tag("outcome", outcome.name())
                            .register(metrics));
        }
        return counters;
    }

    void countIpListCheck(CrawlerVerificationOutcome outcome) {
        countIpListCheck.get(outcome).increment();
    }

    void countReverseDnsCheck(CrawlerVerificationOutcome outcome) {
        countReverseDnsCheck.get(outcome).increment();
    }
}
