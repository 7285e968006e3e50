package dev.gatefold.access.decide;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import com.google.common.hash.Hashing;
import dev.gatefold.access.DenyReason;
import dev.gatefold.access.GrantReason;
import dev.gatefold.access.Reason;
import dev.gatefold.access.authzen.AuthZen;
import dev.gatefold.access.decide.Ruling.Verdict;
import dev.gatefold.access.http.AccessResource;
import dev.gatefold.access.meter.Meter;
import dev.gatefold.catalog.model.Article;
import dev.gatefold.entitlements.Standing;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * The answer.
 *
 * @param source null where the address is nobody's
 * @param article the canonical address, or the source's own reference
 * @param validUntil the first instant at which the answer could change by itself, or, if that is earlier, at which to ask
 *     again because something else may have changed it
 * @param stale the database is away, and this is what was known before
 * @param version of the account's rights; 0 for whoever has no account
 * @param meter null where no meter was asked
 * @param offers best first; empty where it is granted
 * @param leadIn how many characters of the text a denied reader may be shown; null where the policy does not say
 * @param considered what the answer was made of, what decided first; null where it was not asked for
 * @param counted whether this read was the one that spent the meter; null where nothing was opened
 * @param id its name in the log and in the record
 * @param nextChange when time alone could change it; {@code validUntil} may be earlier
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonSerialize(using = DecisionSerializer.class)
@Schema(requiredProperties = {"granted", "reason", "article", "validUntil", "asOf", "stale", "version", "offers", "id"})
public record Decision(
        boolean granted,
        Reason reason,
        SourceName source,
        String article,
        Instant validUntil,
        Instant asOf,
        boolean stale,
        long version,
        Meter meter,
        List<Offer> offers,
        Integer leadIn,
        List<ExplanationStep> considered,
        Boolean counted,
        UUID id,
        @JsonIgnore Instant nextChange)
        implements AccessResource.AccessBatchItem, AuthZen.EvaluationContext {
    /** No answer is relied on for longer, since a grant, a block or a rule may come at any time. */
    static final Duration MAX_AGE = Duration.ofSeconds(30);

    @Schema(requiredProperties = {"slug", "name"})
    public record SourceName(String slug, String name) {}

    public static Decision of(
            PaywallQuery question,
            Verdict verdict,
            Standing standing,
            Instant at,
            List<Offer> offers,
            Integer leadIn,
            List<ExplanationStep> considered) {
        Instant askAgain = at.plus(MAX_AGE);
        Article article = question.article();
        SourceName source =
                article.source().map(it -> new SourceName(it.slug(), it.name())).orElse(null);
        return new Decision(
                verdict.reason().grants(),
                verdict.reason(),
                source,
                article.name(),
                verdict.nextChange().isBefore(askAgain) ? verdict.nextChange() : askAgain,
                at,
                standing.stale() || verdict.reason() == GrantReason.FALLBACK,
                standing.version(),
                verdict.meter(),
                offers,
                leadIn,
                considered,
                null,
                randomId(),
                verdict.nextChange());
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

    /** Drawn without ceremony: it is no secret, and many are needed. */
    private static UUID randomId() {
        var random = ThreadLocalRandom.current();
        long version = (random.nextLong() & ~0xF000L) | 0x4000L;
        long variant = (random.nextLong() & ~(3L << 62)) | (2L << 62);
        return new UUID(version, variant);
    }

    /** What becomes of an answer when the article is opened. */
    Decision asRead(UUID read, boolean counted) {
        return with(counted, read);
    }

    /** An answer that was given before, with its name. */
    public Decision withId(UUID id) {
        return with(counted, id);
    }

    private Decision with(Boolean counted, UUID id) {
        return new Decision(
                granted,
                reason,
                source,
                article,
                validUntil,
                asOf,
                stale,
                version,
                meter,
                offers,
                leadIn,
                considered,
                counted,
                id,
                nextChange);
    }

    /** The same for two answers that differ in nothing but when they were given; on every replica. */
    public String fingerprint() {
        String content = reason + "|" + source + "|" + article + "|" + nextChange + "|" + stale + "|" + version + "|"
                + meter + "|" + offers + "|" + leadIn + "|" + considered;
        return Hashing.farmHashFingerprint64()
                .hashString(content, StandardCharsets.UTF_8)
                .toString();
    }
}
