package dev.gatefold.access;

import dev.gatefold.access.Precedent.Call;
import dev.gatefold.accounts.Pseudonyms;
import dev.gatefold.catalog.Catalog;
import dev.gatefold.catalog.Rule;
import dev.gatefold.entitlements.Standing;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * What operators see of the answers: how many of which reason; a line in the log for each article that is opened, and,
 * at the level DEBUG, for each question; and some of them in the record. Neither names the reader.
 */
@Singleton
final class Decisions {
    private static final Logger LOG = Logger.getLogger("gatefold.decisions");
    private static final String PSEUDONYM = "precedent";

    /** A decision, and what it was made of. */
    record Made(Question question, Standing standing, Optional<UUID> holder, Tally tally, Decision decision) {}

    private final Map<Call, Map<Reason, Counter>> counters = new EnumMap<>(Call.class);
    private final Precedents precedents;
    private final Denials denials;
    private final Pseudonyms pseudonyms;

    Decisions(MeterRegistry metrics, Precedents precedents, Denials denials, Pseudonyms pseudonyms) {
        for (Call call : Call.values()) {
            counters.put(call, counters(metrics, call));
        }
        this.precedents = precedents;
        this.denials = denials;
        this.pseudonyms = pseudonyms;
    }

    private static Map<Reason, Counter> counters(MeterRegistry metrics, Call call) {
        Map<Reason, Counter> counters = new EnumMap<>(Reason.class);
        for (Reason reason : Reason.values()) {
            counters.put(
                    reason,
                    Counter.builder("gatefold.decisions")
                            .description("Answers to the question whether an article may be opened")
                            .tag("call", call.name().toLowerCase(java.util.Locale.ROOT))
                            .tag("granted", String.valueOf(reason.grants()))
                            .tag("reason", reason.name())
                            .register(metrics));
        }
        return counters;
    }

    void note(Call call, List<Made> all, Catalog catalog) {
        int recorded = precedents.admit(all.size());
        for (int i = 0; i < all.size(); i++) {
            Made made = all.get(i);
            count(call, made, catalog);
            denials.note(made, catalog);
            if (i < recorded && made.decision.source() != null) {
                precedents.record(precedent(call, made, catalog));
            }
        }
    }

    private void count(Call call, Made made, Catalog catalog) {
        Decision decision = made.decision;
        counters.get(call).get(decision.reason()).increment();
        Logger.Level level = call == Call.OPEN ? Logger.Level.INFO : Logger.Level.DEBUG;
        if (LOG.isEnabled(level)) {
            LOG.logf(
                    level,
                    "decision=%s call=%s granted=%s reason=%s source=%s rule=%s counted=%s stale=%s",
                    decision.id(),
                    call,
                    decision.granted(),
                    decision.reason(),
                    decision.source() == null ? null : decision.source().slug(),
                    rule(made, catalog).map(Rule::version).orElse(null),
                    decision.counted(),
                    decision.stale());
        }
    }

    private Precedent precedent(Call call, Made made, Catalog catalog) {
        Decision decision = made.decision;
        return new Precedent(
                decision.id(),
                decision.asOf(),
                call,
                made.holder.map(holder -> pseudonyms.of(PSEUDONYM, holder)).orElse(null),
                decision.source().slug(),
                rule(made, catalog).orElseThrow().version(),
                decision.reason(),
                Precedent.Facts.of(made.question, made.standing, decision.meter(), made.tally, catalog));
    }

    static Optional<Rule> rule(Made made, Catalog catalog) {
        var article = made.question.article();
        return article.source().map(source -> catalog.rules(source).inForce(article.section(), made.decision.asOf()));
    }
}
