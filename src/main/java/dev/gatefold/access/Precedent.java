package dev.gatefold.access;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import dev.gatefold.catalog.Article;
import dev.gatefold.catalog.Catalog;
import dev.gatefold.entitlements.Basis;
import dev.gatefold.entitlements.Coverage;
import dev.gatefold.entitlements.Right;
import dev.gatefold.entitlements.Standing;
import dev.gatefold.kernel.Term;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * A decision as it was made, with all that the law was told: enough to rule again by other policies. It names neither the
 * reader nor the article; whoever also has our key, or the record of reads, could find them out.
 *
 * @param holder a pseudonym; null for somebody of whom nothing is known
 * @param rule the version of the rule that was in force
 */
record Precedent(UUID id, Instant at, Call call, String holder, String source, int rule, Reason reason, Facts facts) {
    enum Call {
        CHECK,
        OPEN
    }

    /** What somebody is, as far as operators tell readers apart. */
    enum Who {
        MEMBER,
        TRIAL,
        REGISTERED,
        VISITOR
    }

    /**
     * What the law was told.
     *
     * @param account whether there was one
     * @param sharedUntil null where the article was not given away
     * @param period of the meter that was asked; null where none was
     * @param tally what it said; null where it was not asked
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Facts(
            String section,
            Instant publishedAt,
            String country,
            boolean mayMeter,
            Instant sharedUntil,
            boolean crawler,
            boolean account,
            List<Held> rights,
            String period,
            Tally tally) {
        static Facts of(Question question, Standing standing, Meter meter, Tally tally, Catalog catalog) {
            Article article = question.article();
            return new Facts(
                    article.section(),
                    article.publishedAt().orElse(null),
                    question.country().orElse(null),
                    question.mayMeter(),
                    question.share().map(Term::end).orElse(null),
                    question.crawler(),
                    standing.account().isPresent(),
                    standing.rights().stream()
                            .map(right -> Held.of(right, article, catalog))
                            .toList(),
                    meter == null ? null : meter.period(),
                    tally);
        }
    }

    /** A right: to a plan, or to this article, or, with neither, to another one. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Held(Basis basis, String plan, Boolean thisArticle, Instant from, Instant until) {
        private static final String THIS = "this";

        private static Held of(Right right, Article article, Catalog catalog) {
            Instant from = right.term().from();
            Instant until = right.term().until().orElse(null);
            return switch (right.coverage()) {
                case Coverage.OfPlan(String plan) -> new Held(right.basis(), plan, null, from, until);
                case Coverage.OfArticle one ->
                    new Held(right.basis(), null, one.opens(article, catalog) ? true : null, from, until);
            };
        }

        private Right right(String source) {
            Coverage coverage = plan != null
                    ? new Coverage.OfPlan(plan)
                    : new Coverage.OfArticle(source, thisArticle == null ? "another" : THIS, THIS);
            return new Right(basis, "", coverage, new Term(from, Optional.ofNullable(until)));
        }
    }

    /** The same question again. */
    @JsonIgnore
    Question question(Catalog catalog) {
        Article article = new Article(
                catalog.source(source), Held.THIS, Held.THIS, facts.section, Optional.ofNullable(facts.publishedAt));
        Optional<Term> share = Optional.ofNullable(facts.sharedUntil)
                .filter(at::isBefore)
                .map(until -> new Term(at, Optional.of(until)));
        return new Question(article, Optional.ofNullable(facts.country), facts.mayMeter, share, facts.crawler);
    }

    /** What the reader held. */
    @JsonIgnore
    Standing standing() {
        List<Right> rights =
                facts.rights.stream().map(held -> held.right(source)).toList();
        return new Standing(Optional.of(new UUID(0, 1)).filter(_ -> facts.account), 0, rights, at, false);
    }

    @JsonIgnore
    Who who() {
        Set<Basis> live = standing().memberships(at).map(Right::basis).collect(Collectors.toSet());
        if (live.isEmpty()) {
            return facts.account ? Who.REGISTERED : Who.VISITOR;
        }
        return live.equals(Set.of(Basis.TRIAL)) ? Who.TRIAL : Who.MEMBER;
    }
}
