package dev.gatefold.decisionlog;

import dev.gatefold.access.decide.AccessOperation;
import dev.gatefold.access.decide.ArticleRuling;
import dev.gatefold.access.decide.Decision;
import dev.gatefold.access.decide.DecisionObserver;
import dev.gatefold.access.decide.Rulings;
import dev.gatefold.accounts.personaldata.Pseudonyms;
import io.github.bucket4j.Bucket;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Samples decisions within the configured rate. */
@Singleton
class DecisionSampler implements DecisionObserver {
    private static final String PSEUDONYM_KIND = "decision-sample";

    /** Decisions of so many seconds may be sampled at once after a quiet time. */
    private static final int BURST_SECONDS = 60;

    private final DecisionSamples samples;
    private final Pseudonyms pseudonyms;
    private final Optional<Bucket> budget;

    DecisionSampler(DecisionLogConfig config, DecisionSamples samples, Pseudonyms pseudonyms) {
        this.samples = samples;
        this.pseudonyms = pseudonyms;
        int perSecond = config.samplesPerSecond();
        this.budget = perSecond == 0
                ? Optional.empty()
                : Optional.of(Bucket.builder()
                        .addLimit(limit -> limit.capacity((long) perSecond * BURST_SECONDS)
                                .refillGreedy(perSecond, Duration.ofSeconds(1)))
                        .build());
    }

    @Override
    public void decided(AccessOperation operation, Rulings rulings, List<Decision> decisions) {
        int sampled = takeBudget(decisions.size());
        for (int i = 0; i < sampled; i++) {
            Decision decision = decisions.get(i);
            if (decision.source() != null) {
                samples.add(sample(operation, rulings, rulings.items().get(i), decision));
            }
        }
    }

    /** Returns how many of so many decisions may be sampled. */
    private int takeBudget(int decisions) {
        return decisions == 0 || budget.isEmpty() ? 0 : (int) budget.get().tryConsumeAsMuchAsPossible(decisions);
    }

    private DecisionSample sample(AccessOperation operation, Rulings rulings, ArticleRuling ruled, Decision decision) {
        return new DecisionSample(
                decision.id(),
                decision.asOf(),
                operation,
                rulings.holder()
                        .map(holder -> pseudonyms.pseudonymOf(PSEUDONYM_KIND, holder))
                        .orElse(null),
                decision.source().slug(),
                decision.rule().version(),
                decision.reason(),
                SampledInput.of(rulings, ruled, decision.meter()));
    }
}
