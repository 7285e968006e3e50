package dev.gatefold.access.decide;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gatefold.access.bypass.BypassProvider;
import dev.gatefold.access.bypass.Bypasses;
import dev.gatefold.access.decide.Ruling.Grant;
import dev.gatefold.access.decide.Ruling.Ration;
import dev.gatefold.access.meter.ArticleReads;
import dev.gatefold.access.meter.ArticleReads.ArticleRead;
import dev.gatefold.access.meter.MeterTakeResult;
import dev.gatefold.access.meter.Meters;
import dev.gatefold.catalog.model.Article;
import dev.gatefold.kernel.Problem;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Opens articles: decides, consumes the meter or the share link, and records the read. */
@Singleton
public final class ArticleOpener {
    private final RulingsFactory factory;
    private final Bypasses bypasses;
    private final Meters meters;
    private final ArticleReads reads;
    private final DecisionReporter reporter;
    private final ObjectMapper json;

    ArticleOpener(
            RulingsFactory factory,
            Bypasses bypasses,
            Meters meters,
            ArticleReads reads,
            DecisionReporter reporter,
            ObjectMapper json) {
        this.factory = factory;
        this.bypasses = bypasses;
        this.meters = meters;
        this.reads = reads;
        this.reporter = reporter;
        this.json = json;
    }

    /**
     * Opens the only article of a query, in the caller's transaction. Blocks.
     *
     * @param idempotencyKey identifies the read among those of the reader
     */
    public OpenedArticle open(AccessQuery query, String idempotencyKey) {
        Article article = query.articles().getFirst();
        Rulings rulings = factory.confirmed(query);
        UUID holder = rulings.holder().orElse(ArticleReads.ANONYMOUS_HOLDER);
        Optional<String> stored = reads.findReplay(holder, idempotencyKey, article);
        if (stored.isPresent()) {
            return new OpenedArticle(parse(stored.get()), true);
        }
        rulings = redeem(withBypasses(rulings));
        UUID readId = UUID.randomUUID();
        Optional<MeterTakeResult> taken = takeMeter(rulings, readId);
        rulings = taken.map(rulings::withTaken).orElse(rulings);
        Decision decision = Decision.ofRead(
                rulings, readId, taken.filter(MeterTakeResult::counted).isPresent());
        reporter.report(AccessOperation.OPEN, rulings, List.of(decision));
        if (decision.granted()) {
            reads.record(new ArticleRead(
                    readId,
                    query.at(),
                    holder,
                    idempotencyKey,
                    article,
                    decision.reason().name(),
                    write(decision)));
        }
        return new OpenedArticle(decision, false);
    }

    private Rulings withBypasses(Rulings rulings) {
        return rulings.isAllGranted() ? rulings : rulings.with(bypasses.findInTransaction(rulings.bypassQuery()));
    }

    /** Records the use of the bypass that grants. If it was used up since it was found, rules again without it. */
    private Rulings redeem(Rulings rulings) {
        if (!(rulings.items().getFirst().ruling() instanceof Grant grant)) {
            return rulings;
        }
        Optional<BypassProvider> provider = bypasses.redeemableProvider(grant.reason());
        if (provider.isEmpty()) {
            return rulings;
        }
        UUID readerId = rulings.holder().orElseThrow(ArticleOpener::visitorRequired);
        return provider.get().redeem(rulings.bypassQuery(), readerId) ? rulings : rulings.withoutBypass(grant.reason());
    }

    private Optional<MeterTakeResult> takeMeter(Rulings rulings, UUID readId) {
        ArticleRuling ruled = rulings.items().getFirst();
        return ruled.ruling() instanceof Ration ration
                ? Optional.of(meters.take(
                        rulings.holder().orElseThrow(ArticleOpener::visitorRequired),
                        ruled.meterQuery(),
                        ration.allowance(),
                        readId))
                : Optional.empty();
    }

    private static Problem visitorRequired() {
        return Problem.badRequest(
                "visitor-required",
                "Visitor token required",
                "To open a metered or shared article, send a bearer token or X-Visitor. "
                        + "POST /v1/visitors issues visitor tokens.");
    }

    private Decision parse(String decision) {
        try {
            return json.readValue(decision, Decision.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A stored decision cannot be parsed", e);
        }
    }

    private String write(Decision decision) {
        try {
            return json.writeValueAsString(decision);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A decision cannot be written as JSON", e);
        }
    }
}
