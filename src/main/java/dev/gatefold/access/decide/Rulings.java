package dev.gatefold.access.decide;

import dev.gatefold.access.DenyReason;
import dev.gatefold.access.GrantReason;
import dev.gatefold.access.bypass.Bypass;
import dev.gatefold.access.bypass.BypassQuery;
import dev.gatefold.access.decide.Ruling.Denial;
import dev.gatefold.access.decide.Ruling.Grant;
import dev.gatefold.access.decide.Ruling.Ration;
import dev.gatefold.access.meter.MeterQuery;
import dev.gatefold.access.meter.MeterTakeResult;
import dev.gatefold.access.meter.MeterTally;
import dev.gatefold.catalog.Catalog;
import dev.gatefold.catalog.model.Article;
import dev.gatefold.catalog.rules.Rule;
import dev.gatefold.entitlements.Standing;
import dev.gatefold.web.endpoint.EndpointLinks;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;

/**
 * The rulings on all articles of a query, by one catalog and one standing. Immutable: bypasses and meters lead to a new
 * object.
 *
 * @param links paths of the offers
 * @param holder account or visitor that owns the meters; empty for an anonymous reader
 * @param items in the order of the query's articles
 */
public record Rulings(
        AccessQuery query,
        Catalog catalog,
        EndpointLinks links,
        Standing standing,
        Optional<UUID> holder,
        List<Bypass> bypasses,
        List<ArticleRuling> items) {
    /** Rules on all articles of a query, without bypasses. */
    static Rulings of(AccessQuery query, Catalog catalog, EndpointLinks links, Standing standing) {
        List<ArticleRuling> items = new ArrayList<>(query.articles().size());
        boolean canUseMeter = query.reader().canUseMeter();
        for (Article article : query.articles()) {
            PaywallQuery question = new PaywallQuery(article, query.context().country(), canUseMeter, List.of());
            items.add(new ArticleRuling(question, Paywall.rule(catalog, question, standing, query.at()), null));
        }
        return new Rulings(
                query,
                catalog,
                links,
                standing,
                query.reader().meterHolder(standing),
                List.of(),
                Collections.unmodifiableList(items));
    }

    /** Returns these rulings with bypasses: articles that are not granted are ruled on again. */
    Rulings with(List<Bypass> found) {
        if (found.equals(bypasses)) {
            return this;
        }
        List<ArticleRuling> ruled = map(item -> item.with(
                found,
                item.ruling() instanceof Grant && bypasses.isEmpty()
                        ? item.ruling()
                        : Paywall.rule(catalog, item.query().with(found), standing, query.at())));
        return new Rulings(query, catalog, links, standing, holder, found, ruled);
    }

    /** Returns these rulings without the bypasses that grant with a reason. */
    Rulings withoutBypass(GrantReason reason) {
        return with(bypasses.stream().filter(it -> it.reason() != reason).toList());
    }

    /** Returns these rulings with all rations resolved. {@code tallies} are in the order of {@link #meterQueries}. */
    Rulings withTallies(List<MeterTally> tallies) {
        Iterator<MeterTally> next = tallies.iterator();
        return withItems(map(item -> item.isRationed() ? item.resolved(next.next()) : item));
    }

    /** Returns these rulings of one article with its ration resolved by what was taken from the meter. */
    Rulings withTaken(MeterTakeResult taken) {
        return withItems(List.of(items.getFirst().resolved(taken.tally(), taken.tallyBefore())));
    }

    /** Returns these rulings with all rations granted, because the meters cannot be read. */
    Rulings withoutMeters() {
        return withItems(map(ArticleRuling::withoutMeter));
    }

    private Rulings withItems(List<ArticleRuling> changed) {
        return new Rulings(query, catalog, links, standing, holder, bypasses, changed);
    }

    private List<ArticleRuling> map(UnaryOperator<ArticleRuling> change) {
        return items.stream().map(change).toList();
    }

    List<MeterQuery> meterQueries() {
        return items.stream()
                .filter(ArticleRuling::isRationed)
                .map(ArticleRuling::meterQuery)
                .toList();
    }

    BypassQuery bypassQuery() {
        RequestContext context = query.context();
        return new BypassQuery(
                context.share(),
                context.connection(),
                holder,
                query.reader().identity().isPresent(),
                items.stream()
                        .map(item -> item.ruling().rule())
                        .filter(Objects::nonNull)
                        .map(Rule::policy)
                        .toList(),
                query.at());
    }

    /** Returns true if no standing, bypass or meter can improve any ruling. */
    boolean isAllGranted() {
        for (ArticleRuling item : items) {
            boolean granted = switch (item.ruling()) {
                case Grant _ -> true;
                case Denial denial -> denial.reason() == DenyReason.SOURCE_UNKNOWN;
                case Ration _ -> false;
            };
            if (!granted) {
                return false;
            }
        }
        return true;
    }

    /** Returns true if a meter decides. An anonymous reader has no meter: each article counts as the first one. */
    boolean needsMeter() {
        return holder.isPresent() && items.stream().anyMatch(ArticleRuling::isRationed);
    }

    /**
     * Returns true if a newer standing could turn a denial into a grant: the reader is signed in, and the standing is from
     * the cache. A stale standing is not confirmed, because the database is unavailable.
     */
    boolean needsConfirmation() {
        return query.reader().identity().isPresent()
                && !standing.loadedAt().equals(query.at())
                && !standing.stale()
                && !isAllGranted();
    }

    /**
     * Returns true if the meter query also returns the version of the standing. It does not for a reader who is signed in
     * without an account: the account may have been created since the standing was loaded.
     */
    boolean meterQueryReturnsVersion() {
        return standing.account().isPresent() || query.reader().identity().isEmpty();
    }

    /** Returns the decisions on all articles, in the order of the query. */
    public List<Decision> decisions() {
        List<Decision> decisions = new ArrayList<>(items.size());
        for (ArticleRuling item : items) {
            decisions.add(Decision.of(this, item));
        }
        return decisions;
    }
}
