package dev.gatefold.access;

import dev.gatefold.access.Ruling.Ration;
import dev.gatefold.access.Ruling.Verdict;
import dev.gatefold.catalog.Article;
import dev.gatefold.catalog.Catalog;
import dev.gatefold.catalog.CurrentCatalog;
import dev.gatefold.catalog.Source;
import dev.gatefold.entitlements.Standing;
import dev.gatefold.entitlements.Standings;
import dev.gatefold.kernel.Identity;
import dev.gatefold.kernel.Problem;
import dev.gatefold.kernel.Reach;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Everything that happens round the law: it fetches what the reader holds, asks the law, asks or spends the meter where
 * the law rations, and says the decision.
 *
 * <p>A grant is answered from memory; a denial out of memory is not believed until the database has confirmed it, so
 * that whoever has paid a second ago elsewhere is not sent away.
 */
@Singleton
final class Turnstile {
    private final CurrentCatalog catalog;
    private final Standings standings;
    private final Meters meters;
    private final Reads reads;
    private final Reach reach;
    private final Decisions metrics;

    Turnstile(CurrentCatalog catalog, Standings standings, Meters meters, Reads reads, Reach reach, Decisions metrics) {
        this.catalog = catalog;
        this.standings = standings;
        this.meters = meters;
        this.reads = reads;
        this.reach = reach;
        this.metrics = metrics;
    }

    /** Spends nothing. Answers at once where memory suffices, and else from a worker thread. */
    Uni<List<Decision>> check(Enquiry enquiry) {
        Catalog catalog = this.catalog.get();
        return fromMemory(enquiry, catalog)
                .map(decisions -> Uni.createFrom().item(decisions))
                .orElseGet(() -> Uni.createFrom()
                        .item(() -> fromDatabase(enquiry, catalog))
                        .runSubscriptionOn(Infrastructure.getDefaultWorkerPool()))
                .invoke(metrics::checked);
    }

    private Optional<List<Decision>> fromMemory(Enquiry enquiry, Catalog catalog) {
        return enquiry.reader()
                .identity()
                .map(identity -> standings.remembered(identity, enquiry.at()))
                .orElseGet(() -> Optional.of(Standing.none(enquiry.at())))
                .map(standing -> new Ruled(enquiry, catalog, standing))
                .filter(ruled -> !ruled.asksMeter() && (ruled.isCertain() || ruled.standing.stale()))
                .map(Ruled::decisions);
    }

    private List<Decision> fromDatabase(Enquiry enquiry, Catalog catalog) {
        Ruled ruled = confirmed(enquiry, catalog);
        if (ruled.asksMeter()) {
            ruled.settle(ruled.holder.orElseThrow());
        }
        return ruled.decisions();
    }

    /** Decides, spends the meter where the grant is rationed, and records the read; blocks, in the caller's transaction. */
    Decision open(Enquiry enquiry, String idempotencyKey) {
        Article article = enquiry.articles().getFirst();
        Ruled ruled = confirmed(enquiry, catalog.get());
        UUID holder = ruled.holder.orElse(Reads.NOBODY);
        Optional<Decision> earlier = reads.answered(holder, idempotencyKey, article);
        if (earlier.isPresent()) {
            return earlier.get();
        }
        UUID read = UUID.randomUUID();
        boolean counted = false;
        if (ruled.rulings.getFirst() instanceof Ration ration) {
            var taken = meters.take(
                    ruled.holder.orElseThrow(Turnstile::visitorRequired),
                    article.source().orElseThrow().slug(),
                    ration,
                    article.key(),
                    read);
            ruled.rulings.set(0, ration.settle(taken.tally()));
            counted = taken.counted();
        }
        Decision decision = ruled.decisions().getFirst().opened(read, counted);
        metrics.opened(decision);
        return decision.granted() ? reads.record(read, holder, idempotencyKey, article, decision) : decision;
    }

    /** What the answer would be at the instant of the enquiry, by what is written now; spends and counts nothing. */
    Decision imagine(Enquiry enquiry, Instant now) {
        Standing standing = enquiry.reader()
                .identity()
                .map(identity -> standings.reloaded(identity, now))
                .orElseGet(() -> Standing.none(now));
        Ruled ruled = new Ruled(enquiry, catalog.get(), standing);
        if (ruled.asksMeter()) {
            ruled.settle(ruled.holder.orElseThrow());
        }
        return ruled.decisions().getFirst();
    }

    private Ruled confirmed(Enquiry enquiry, Catalog catalog) {
        if (enquiry.reader().identity().isEmpty()) {
            return new Ruled(enquiry, catalog, Standing.none(enquiry.at()));
        }
        Identity identity = enquiry.reader().identity().get();
        Ruled ruled = new Ruled(enquiry, catalog, standings.current(identity, enquiry.at()));
        return ruled.isCertain() || ruled.standing.stale()
                ? ruled
                : new Ruled(enquiry, catalog, standings.reloaded(identity, enquiry.at()));
    }

    private static Problem visitorRequired() {
        return Problem.badRequest(
                "visitor-required",
                "A visitor token is needed",
                "A metered article is opened by a reader or with X-Visitor; POST /v1/visitors gives a token");
    }

    /** What the law has said of each article of an enquiry, given a standing. */
    private final class Ruled {
        private final Enquiry enquiry;
        private final Catalog catalog;
        private final Standing standing;
        private final Optional<UUID> holder;
        private final List<Question> questions;
        private final List<Ruling> rulings = new ArrayList<>();

        Ruled(Enquiry enquiry, Catalog catalog, Standing standing) {
            this.enquiry = enquiry;
            this.catalog = catalog;
            this.standing = standing;
            this.holder = enquiry.reader().holder(standing);
            this.questions = enquiry.questions();
            questions.forEach(question -> rulings.add(Paywall.rule(catalog, question, standing, enquiry.at())));
        }

        /** Whether there is a meter to be asked; whoever cannot be told from others has spent nothing yet. */
        boolean asksMeter() {
            return holder.isPresent() && rulings.stream().anyMatch(Ration.class::isInstance);
        }

        /** Whether nothing that the database might know in addition could turn a denial into a grant. */
        boolean isCertain() {
            return enquiry.reader().identity().isEmpty()
                    || standing.loadedAt().equals(enquiry.at())
                    || rulings.stream().allMatch(Ruled::isGrant);
        }

        private static boolean isGrant(Ruling ruling) {
            return switch (ruling) {
                case Verdict verdict -> verdict.reason().grants() || verdict.reason() == Reason.SOURCE_UNKNOWN;
                case Ration _ -> false;
            };
        }

        /** Asks all meters at once, or grants what they were to decide while they cannot be asked. */
        void settle(UUID holder) {
            Map<Integer, Meters.Asked> asked = new LinkedHashMap<>();
            for (int i = 0; i < rulings.size(); i++) {
                if (rulings.get(i) instanceof Ration ration) {
                    Article article = enquiry.articles().get(i);
                    Source source = article.source().orElseThrow();
                    asked.put(i, new Meters.Asked(source.slug(), ration.period().id(), article.key()));
                }
            }
            List<Optional<Tally>> tallies = reach.ask(
                    () -> meters.peek(holder, List.copyOf(asked.values())).stream()
                            .map(Optional::of)
                            .toList(),
                    () -> Collections.nCopies(asked.size(), Optional.empty()));
            var answers = tallies.iterator();
            asked.keySet().forEach(i -> {
                Ration ration = (Ration) rulings.get(i);
                rulings.set(i, answers.next().map(ration::settle).orElseGet(ration::unasked));
            });
        }

        List<Decision> decisions() {
            Instant at = enquiry.at();
            Offers offers = new Offers(
                    catalog, enquiry.reader(), enquiry.circumstances().surface(), at);
            List<Decision> decisions = new ArrayList<>(rulings.size());
            for (int i = 0; i < rulings.size(); i++) {
                Question question = questions.get(i);
                Verdict verdict = switch (rulings.get(i)) {
                    case Verdict settled -> settled;
                    case Ration ration -> ration.settle(Tally.EMPTY);
                };
                decisions.add(Decision.of(
                        question,
                        verdict,
                        standing,
                        at,
                        offers.to(verdict.reason(), standing, question.article().source()),
                        leadIn(question.article()),
                        enquiry.circumstances().explain()
                                ? Considered.of(catalog, question, standing, verdict, at)
                                : null));
            }
            return decisions;
        }

        private Integer leadIn(Article article) {
            return article.source()
                    .map(source -> catalog.rules(source).inForce(article.section(), enquiry.at()))
                    .map(rule -> rule.policy().leadIn())
                    .orElse(null);
        }
    }
}
