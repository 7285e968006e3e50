package dev.gatefold.access.decide;

import dev.gatefold.access.DenyReason;
import dev.gatefold.access.GrantReason;
import dev.gatefold.access.bypass.Bypasses;
import dev.gatefold.access.bypass.Bypasses.BypassResult;
import dev.gatefold.access.decide.RequestContext.ClientConnection;
import dev.gatefold.access.decide.Ruling.Denial;
import dev.gatefold.access.decide.Ruling.Grant;
import dev.gatefold.access.decide.Ruling.Ration;
import dev.gatefold.access.decide.Ruling.Verdict;
import dev.gatefold.access.decisionlog.DecisionSample.AccessOperation;
import dev.gatefold.access.meter.ArticleReads;
import dev.gatefold.access.meter.MeterTally;
import dev.gatefold.access.meter.Meters;
import dev.gatefold.accounts.visitors.Visitor;
import dev.gatefold.catalog.Catalog;
import dev.gatefold.catalog.CurrentCatalog;
import dev.gatefold.catalog.model.Article;
import dev.gatefold.catalog.model.Source;
import dev.gatefold.catalog.rules.Gate;
import dev.gatefold.catalog.rules.Policy;
import dev.gatefold.catalog.rules.Rule;
import dev.gatefold.entitlements.Standing;
import dev.gatefold.entitlements.StandingCache;
import dev.gatefold.kernel.Identity;
import dev.gatefold.kernel.Problem;
import dev.gatefold.platform.database.DatabaseCircuitBreaker;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Everything that happens round the law: it fetches what the reader holds, asks the law, asks or spends the meter where
 * the law rations, and says the decision.
 *
 * <p>A grant is answered from memory; a denial out of memory is not believed until the database has confirmed it, so
 * that whoever has paid a second ago elsewhere is not sent away.
 */
@Singleton
public final class AccessDecider {
    private final CurrentCatalog catalog;
    private final StandingCache standings;
    private final Meters meters;
    private final ArticleReads reads;
    private final Bypasses favours;
    private final DatabaseCircuitBreaker reach;
    private final DecisionReporter decisions;

    AccessDecider(
            CurrentCatalog catalog,
            StandingCache standings,
            Meters meters,
            ArticleReads reads,
            Bypasses favours,
            DatabaseCircuitBreaker reach,
            DecisionReporter decisions) {
        this.catalog = catalog;
        this.standings = standings;
        this.favours = favours;
        this.meters = meters;
        this.reads = reads;
        this.reach = reach;
        this.decisions = decisions;
    }

    /** Spends nothing. Answers at once where memory suffices, and else from a worker thread. */
    public Uni<List<Decision>> decide(AccessQuery enquiry) {
        Catalog catalog = this.catalog.get();
        return rulingsFromMemory(enquiry, catalog)
                .map(ruled -> Uni.createFrom().item(ruled))
                .orElseGet(() -> Uni.createFrom()
                        .item(() -> rulingsFromDatabase(enquiry, catalog))
                        .runSubscriptionOn(Infrastructure.getDefaultWorkerPool()))
                .map(ruled -> report(AccessOperation.CHECK, ruled, ruled.decisions()));
    }

    /** The same for who waits: on their own thread, since all workers may be waiting for one another. */
    public List<Decision> decideBlocking(AccessQuery enquiry) {
        Catalog catalog = this.catalog.get();
        Rulings ruled = rulingsFromMemory(enquiry, catalog).orElseGet(() -> rulingsFromDatabase(enquiry, catalog));
        return report(AccessOperation.CHECK, ruled, ruled.decisions());
    }

    private Optional<Rulings> rulingsFromMemory(AccessQuery enquiry, Catalog catalog) {
        return enquiry.reader()
                .identity()
                .map(identity -> standings.getIfFresh(identity, enquiry.at()))
                .orElseGet(() -> Optional.of(Standing.anonymous(enquiry.at())))
                .map(standing -> new Rulings(enquiry, catalog, standing, BypassResult.NONE))
                .filter(ruled -> ruled.isConclusive() || ruled.standing.stale())
                .flatMap(ruled -> ruled.isGranted()
                        ? Optional.of(ruled)
                        : favours.findInMemory(enquiry.context().share(), ruled.possibleCrawler())
                                .map(ruled::with))
                .filter(ruled -> !ruled.needsMeter());
    }

    /** Whether what is remembered of the reader is still so, the meters tell with what they are asked anyway. */
    private Rulings rulingsFromDatabase(AccessQuery enquiry, Catalog catalog) {
        Rulings ruled = withBypasses(rulingsFromCache(enquiry, catalog));
        if (ruled.needsMeter() && ruled.meterQueryReturnsVersion() && ruled.applyMeters()) {
            return ruled;
        }
        ruled = withBypasses(rulingsConfirmed(enquiry, catalog));
        if (ruled.needsMeter() && !ruled.applyMeters()) {
            // the rights have changed again in this very moment; the meters are answered by what was just read
            ruled.applyMetersIgnoringVersion();
        }
        return ruled;
    }

    /** What came of opening an article, and whether it was opened before under the same key. */
    public record OpenedArticle(Decision decision, boolean replayed) {}

    /** Decides, spends the meter where the grant is rationed, and records the read; blocks, in the caller's transaction. */
    public OpenedArticle open(AccessQuery enquiry, String idempotencyKey) {
        Article article = enquiry.articles().getFirst();
        Rulings ruled = rulingsConfirmed(enquiry, catalog.get());
        UUID holder = ruled.holder.orElse(ArticleReads.ANONYMOUS_HOLDER);
        Optional<Decision> earlier = reads.findReplay(holder, idempotencyKey, article);
        if (earlier.isPresent()) {
            return new OpenedArticle(earlier.get(), true);
        }
        ruled = ruled.isGranted()
                ? ruled
                : redeemShare(ruled.with(favours.findWithoutDns(
                        enquiry.context().share(), ruled.possibleCrawler(), ruled.holder, enquiry.at())));
        UUID read = UUID.randomUUID();
        boolean counted = false;
        if (ruled.rulings.getFirst() instanceof Ration ration) {
            var taken = meters.take(
                    ruled.holder.orElseThrow(AccessDecider::visitorRequired),
                    article.source().orElseThrow().slug(),
                    ration.period().id(),
                    ration.allowance(),
                    article.key(),
                    read);
            ruled.rulings.set(0, ration.resolve(taken.tally()));
            counted = taken.counted();
            ruled.tallies.put(0, taken.tallyBefore());
        }
        Decision decision = ruled.decisions().getFirst().asRead(read, counted);
        report(AccessOperation.OPEN, ruled, List.of(decision));
        if (decision.granted()) {
            reads.record(holder, idempotencyKey, article, decision);
        }
        return new OpenedArticle(decision, false);
    }

    /** Asks what the reader comes with, where what they hold is not enough. */
    private Rulings withBypasses(Rulings ruled) {
        return ruled.isGranted()
                ? ruled
                : ruled.with(favours.find(
                        ruled.enquiry.context().share(), ruled.possibleCrawler(), ruled.holder, ruled.enquiry.at()));
    }

    /** A share is used up by devices; where it just was, it opens nothing. */
    private Rulings redeemShare(Rulings ruled) {
        if (!(ruled.rulings.getFirst() instanceof Verdict verdict) || verdict.reason() != GrantReason.SHARED_LINK) {
            return ruled;
        }
        UUID device = ruled.holder.orElseThrow(AccessDecider::visitorRequired);
        String share = ruled.enquiry.context().share().orElseThrow();
        return favours.redeem(share, device, ruled.enquiry.at()) ? ruled : ruled.with(ruled.bypass.withoutShare());
    }

    /** Under whose name somebody may have read, the account first: as an account, and as the visitor they were. */
    public List<UUID> meterHolders(Reader reader, Instant at) {
        Optional<UUID> account =
                reader.identity().flatMap(it -> standings.get(it, at).account());
        return Stream.of(account, reader.visitor().map(Visitor::id))
                .flatMap(Optional::stream)
                .toList();
    }

    /** Lets operators know. */
    private List<Decision> report(AccessOperation call, Rulings ruled, List<Decision> told) {
        List<DecisionReporter.DecidedArticle> made = new ArrayList<>(told.size());
        for (int i = 0; i < told.size(); i++) {
            made.add(new DecisionReporter.DecidedArticle(
                    ruled.questions.get(i), ruled.standing, ruled.holder, ruled.tallies.get(i), told.get(i)));
        }
        decisions.report(call, made, ruled.catalog);
        return told;
    }

    /** What the answer would be at the instant of the enquiry, by what is written now; spends and counts nothing. */
    public Decision explainAt(AccessQuery enquiry, Instant now) {
        Standing standing = enquiry.reader()
                .identity()
                .map(identity -> standings.reload(identity, now))
                .orElseGet(() -> Standing.anonymous(now));
        Rulings ruled = new Rulings(enquiry, catalog.get(), standing, BypassResult.NONE);
        if (ruled.needsMeter()) {
            ruled.applyMetersIgnoringVersion();
        }
        return ruled.decisions().getFirst();
    }

    private Rulings rulingsFromCache(AccessQuery enquiry, Catalog catalog) {
        Standing standing = enquiry.reader()
                .identity()
                .map(identity -> standings.get(identity, enquiry.at()))
                .orElseGet(() -> Standing.anonymous(enquiry.at()));
        return new Rulings(enquiry, catalog, standing, BypassResult.NONE);
    }

    private Rulings rulingsConfirmed(AccessQuery enquiry, Catalog catalog) {
        Rulings ruled = rulingsFromCache(enquiry, catalog);
        if (ruled.isConclusive() || ruled.standing.stale()) {
            return ruled;
        }
        Identity identity = enquiry.reader().identity().orElseThrow();
        return new Rulings(enquiry, catalog, standings.reload(identity, enquiry.at()), BypassResult.NONE);
    }

    private static Problem visitorRequired() {
        return Problem.badRequest(
                "visitor-required",
                "A visitor token is needed",
                "A metered or shared article is opened by a reader or with X-Visitor; POST /v1/visitors gives a token");
    }

    /** What the law has said of each article of an enquiry, given a standing and what the reader comes with. */
    private final class Rulings {
        private final AccessQuery enquiry;
        private final Catalog catalog;
        private final Standing standing;
        private final BypassResult bypass;
        private final Optional<UUID> holder;
        private final List<PaywallQuery> questions;
        private final List<Ruling> rulings = new ArrayList<>();

        /** What meters said, where they were asked, before anything was taken. */
        private final Map<Integer, MeterTally> tallies = new HashMap<>();

        Rulings(AccessQuery enquiry, Catalog catalog, Standing standing, BypassResult found) {
            this.enquiry = enquiry;
            this.catalog = catalog;
            this.standing = standing;
            this.bypass = found;
            this.holder = enquiry.reader().meterHolder(standing);
            this.questions = enquiry.toPaywallQueries(found);
            questions.forEach(question -> rulings.add(Paywall.rule(catalog, question, standing, enquiry.at())));
        }

        /** The same, when it is known what else the reader comes with. */
        Rulings with(BypassResult found) {
            return found.equals(this.bypass) ? this : new Rulings(enquiry, catalog, standing, found);
        }

        /** Who might be a crawler, where nobody is signed in and an article that is denied would be open to one. */
        Optional<ClientConnection> possibleCrawler() {
            return enquiry.context()
                    .connection()
                    .filter(_ -> enquiry.reader().identity().isEmpty())
                    .filter(_ -> questions.stream().anyMatch(question -> admitsCrawlers(question.article())));
        }

        private boolean admitsCrawlers(Article article) {
            return policy(article).filter(Policy::allowsCrawlers).isPresent();
        }

        private Optional<Policy> policy(Article article) {
            return article.source()
                    .map(source -> catalog.rules(source).effectiveRule(article.section(), enquiry.at()))
                    .map(Rule::policy);
        }

        boolean isGranted() {
            return rulings.stream().allMatch(Rulings::isGrant);
        }

        /** Whether there is a meter to be asked; whoever cannot be told from others has spent nothing yet. */
        boolean needsMeter() {
            return holder.isPresent() && rulings.stream().anyMatch(Ration.class::isInstance);
        }

        /** Whether nothing that the database might know in addition could turn a denial into a grant. */
        boolean isConclusive() {
            return enquiry.reader().identity().isEmpty() || standing.loadedAt().equals(enquiry.at()) || isGranted();
        }

        private static boolean isGrant(Ruling ruling) {
            return switch (ruling) {
                case Grant _ -> true;
                case Denial denial -> denial.reason() == DenyReason.SOURCE_UNKNOWN;
                case Ration _ -> false;
            };
        }

        /** Whether whoever has the meters has the rights too; somebody signed in may have an account since a moment. */
        boolean meterQueryReturnsVersion() {
            return standing.account().isPresent() || enquiry.reader().identity().isEmpty();
        }

        /**
         * Asks all meters at once, or grants what they were to decide while they cannot be asked. False where the reader
         * holds something else than what was ruled by.
         */
        boolean applyMeters() {
            return applyMeters(false);
        }

        void applyMetersIgnoringVersion() {
            applyMeters(true);
        }

        private boolean applyMeters(boolean anyway) {
            Map<Integer, Meters.MeterQuery> asked = new LinkedHashMap<>();
            for (int i = 0; i < rulings.size(); i++) {
                if (rulings.get(i) instanceof Ration ration) {
                    Article article = enquiry.articles().get(i);
                    Source source = article.source().orElseThrow();
                    asked.put(
                            i,
                            new Meters.MeterQuery(source.slug(), ration.period().id(), article.key()));
                }
            }
            Optional<Meters.MeterPeekResult> peeked = reach.callOrElse(
                    () -> Optional.of(meters.peek(holder.orElseThrow(), List.copyOf(asked.values()))), Optional::empty);
            if (!anyway
                    && peeked.flatMap(Meters.MeterPeekResult::accountVersion)
                            .filter(version -> version != standing.version())
                            .isPresent()) {
                return false;
            }
            Iterator<MeterTally> told = peeked.map(Meters.MeterPeekResult::tallies)
                    .orElse(List.of())
                    .iterator();
            asked.keySet().forEach(i -> {
                Ration ration = (Ration) rulings.get(i);
                if (told.hasNext()) {
                    MeterTally tally = told.next();
                    tallies.put(i, tally);
                    rulings.set(i, ration.resolve(tally));
                } else {
                    rulings.set(i, ration.fallback());
                }
            });
            return true;
        }

        List<Decision> decisions() {
            Instant at = enquiry.at();
            OfferSelector offers = new OfferSelector(
                    catalog, enquiry.reader(), enquiry.context().platform(), at);
            List<Decision> decisions = new ArrayList<>(rulings.size());
            for (int i = 0; i < rulings.size(); i++) {
                PaywallQuery question = questions.get(i);
                Verdict verdict = switch (rulings.get(i)) {
                    case Verdict settled -> settled;
                    case Ration ration -> ration.resolve(MeterTally.EMPTY);
                };
                decisions.add(Decision.of(
                        question,
                        verdict,
                        standing,
                        at,
                        switch (verdict) {
                            case Grant _ -> List.of();
                            case Denial denial ->
                                offers.select(
                                        denial.reason(),
                                        standing,
                                        question.article().source(),
                                        denial.rule() == null
                                                ? Gate.MEMBERS
                                                : denial.rule().policy().gate());
                        },
                        verdict.reason().grants() || verdict.rule() == null
                                ? null
                                : verdict.rule().policy().leadIn(),
                        enquiry.context().explain()
                                ? ExplanationStep.of(catalog, question, standing, verdict, isTrustedCaller(), at)
                                : null));
            }
            return decisions;
        }

        /** The back office, or a reader app's back end: neither has an address of its own in the question. */
        private boolean isTrustedCaller() {
            return enquiry.context().connection().isEmpty();
        }
    }
}
