package dev.gatefold.access.decide;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import dev.gatefold.access.DenyReason;
import dev.gatefold.access.GrantReason;
import dev.gatefold.access.Reason;
import dev.gatefold.access.decide.Ruling.Denial;
import dev.gatefold.access.decide.Ruling.Grant;
import dev.gatefold.access.decide.Ruling.Verdict;
import dev.gatefold.access.meter.Meter;
import dev.gatefold.catalog.model.Article;
import dev.gatefold.catalog.model.Source;
import dev.gatefold.catalog.rules.Gate;
import dev.gatefold.catalog.rules.Policy;
import dev.gatefold.catalog.rules.Rule;
import dev.gatefold.entitlements.BillingStatus;
import dev.gatefold.entitlements.Standing;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * The decision on one article. To add a field, add a component and write it in {@link DecisionSerializer}.
 *
 * @param source null if the URL belongs to no source
 * @param article canonical URL, or the source's own reference
 * @param validUntil first instant at which the decision can change by time alone, at most 30 seconds after {@code asOf}
 * @param asOf instant of the decision
 * @param stale true if the database is unavailable and the decision uses the last known state
 * @param version version of the account's entitlements; 0 without an account
 * @param meter null if no meter was read
 * @param offers next steps of a denied reader, best first; empty if access is granted
 * @param billing status of the reader's subscription, which explains the reasons {@code PAYMENT_PENDING},
 *     {@code PAYMENT_FAILED} and {@code PAUSED}; null for other reasons
 * @param leadIn number of characters of the text that a denied reader may see; null if the policy does not say
 * @param considered steps that led to the decision, the deciding one first; null unless requested
 * @param counted whether this read consumed the meter; null unless the article was opened
 * @param id identifies the decision in the log, in the decision samples and in the stored reads
 * @param nextChange first instant at which the decision can change by time alone; {@code validUntil} may be earlier
 * @param rule rule that decided; null if the URL belongs to no source, and in a replayed decision
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonSerialize(using = DecisionSerializer.class)
@Schema(requiredProperties = {"granted", "reason", "article", "validUntil", "asOf", "stale", "version", "offers", "id"})
public record Decision(
        boolean granted,
        Reason reason,
        SourceName source,
        String article,
        @VariesBetweenEqualDecisions Instant validUntil,
        @VariesBetweenEqualDecisions Instant asOf,
        boolean stale,
        long version,
        Meter meter,
        List<Offer> offers,
        BillingStatus billing,
        Integer leadIn,
        List<ExplanationStep> considered,
        @VariesBetweenEqualDecisions Boolean counted,
        @VariesBetweenEqualDecisions UUID id,
        @JsonIgnore Instant nextChange,
        @JsonIgnore @VariesBetweenEqualDecisions Rule rule) {
    /** Longest validity of a decision, because entitlements and rules can change at any time. */
    static final Duration MAX_AGE = Duration.ofSeconds(30);

    private static final DecisionFingerprint FINGERPRINT = new DecisionFingerprint();

    /** Slug and display name of a source. */
    @Schema(requiredProperties = {"slug", "name"})
    public record SourceName(String slug, String name) {}

    static Decision of(Rulings rulings, ArticleRuling ruled) {
        return of(rulings, ruled, randomId(), null);
    }

    /** Returns the decision on the only article of rulings, which is being opened. */
    static Decision ofRead(Rulings rulings, UUID readId, boolean counted) {
        return of(rulings, rulings.items().getFirst(), readId, counted);
    }

    private static Decision of(Rulings rulings, ArticleRuling ruled, UUID id, Boolean counted) {
        Verdict verdict = ruled.verdict();
        Standing standing = rulings.standing();
        Instant at = rulings.query().at();
        Instant latest = at.plus(MAX_AGE);
        Article article = ruled.query().article();
        Optional<Source> source = article.source();
        return new Decision(
                verdict.reason().grants(),
                verdict.reason(),
                source.map(it -> new SourceName(it.slug(), it.name())).orElse(null),
                article.name(),
                verdict.nextChange().isBefore(latest) ? verdict.nextChange() : latest,
                at,
                standing.stale() || verdict.reason() == GrantReason.FALLBACK,
                standing.version(),
                verdict.meter(),
                offers(verdict, rulings, source),
                billing(verdict, standing),
                leadIn(verdict),
                rulings.query().context().explain()
                        ? ExplanationBuilder.explain(rulings, ruled.query(), verdict)
                        : null,
                counted,
                id,
                verdict.nextChange(),
                verdict.rule());
    }

    private static List<Offer> offers(Verdict verdict, Rulings rulings, Optional<Source> source) {
        return switch (verdict) {
            case Grant _ -> List.of();
            case Denial denial -> {
                AccessQuery query = rulings.query();
                Gate gate = policy(denial).map(Policy::gate).orElse(Gate.MEMBERS);
                yield new OfferSelector(
                                rulings.catalog(),
                                rulings.links(),
                                query.reader(),
                                query.context().platform(),
                                query.at())
                        .select(denial.reason(), rulings.standing(), source, gate);
            }
        };
    }

    private static BillingStatus billing(Verdict verdict, Standing standing) {
        return verdict instanceof Denial denial && denial.reason().isAboutBilling() ? standing.billing() : null;
    }

    private static Integer leadIn(Verdict verdict) {
        return switch (verdict) {
            case Grant _ -> null;
            case Denial denial -> policy(denial).map(Policy::leadIn).orElse(null);
        };
    }

    private static Optional<Policy> policy(Denial denial) {
        return Optional.ofNullable(denial.rule()).map(Rule::policy);
    }

    /** Returns a random UUID (version 4). It is not a secret, so a fast generator suffices. */
    private static UUID randomId() {
        var random = ThreadLocalRandom.current();
        long version = (random.nextLong() & ~0xF000L) | 0x4000L;
        long variant = (random.nextLong() & ~(3L << 62)) | (2L << 62);
        return new UUID(version, variant);
    }

    /**
     * Returns the reason of a denial.
     *
     * @throws IllegalStateException if access is granted
     */
    public DenyReason denyReason() {
        return switch (reason) {
            case DenyReason denied -> denied;
            case GrantReason _ -> throw new IllegalStateException("Access is granted: " + reason);
        };
    }

    /** Returns a hash that is equal, on all replicas, for decisions that differ only in id, instants and count. */
    public String fingerprint() {
        return FINGERPRINT.of(this);
    }
}
