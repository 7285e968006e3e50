package dev.gatefold.access;

import dev.gatefold.access.Circumstances.Sender;
import dev.gatefold.access.Favours.Found;
import dev.gatefold.access.Precedent.Call;
import dev.gatefold.access.Ruling.Ration;
import dev.gatefold.access.Ruling.Verdict;
import dev.gatefold.accounts.Visitor;
import dev.gatefold.catalog.Article;
import dev.gatefold.catalog.Catalog;
import dev.gatefold.catalog.CurrentCatalog;
import dev.gatefold.catalog.Gate;
import dev.gatefold.catalog.Policy;
import dev.gatefold.catalog.Rule;
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
public final class Turnstile {
    private final CurrentCatalog catalog;
    private final Standings standings;
    private final Meters meters;
    private final Reads reads;
    private final Favours favours;
    private final Reach reach;
    private final Decisions decisions;

    Turnstile(
            CurrentCatalog catalog,
            Standings standings,
            Meters meters,
            Reads reads,
            Favours favours,
            Reach reach,
            Decisions decisions) {
        this.catalog = catalog;
        this.standings = standings;
        this.favours = favours;
        this.meters = meters;
        this.reads = reads;
        this.reach = reach;
        this.decisions = decisions;
    }

    /** Spends nothing. Answers at once where memory suffices, and else from a worker thread. */
    public Uni<List<Decision>> check(Enquiry enquiry) {
        Catalog catalog = this.catalog.get();
        return fromMemory(enquiry, catalog)
                .map(ruled -> Uni.createFrom().item(ruled))
                .orElseGet(() -> Uni.createFrom()
                        .item(() -> fromDatabase(enquiry, catalog))
                        .runSubscriptionOn(Infrastructure.getDefaultWorkerPool()))
                .map(ruled -> told(Call.CHECK, ruled, ruled.decisions()));
    }

    /** The same for who waits: on their own thread, since all workers may be waiting for one another. */
    public List<Decision> checkAndWait(Enquiry enquiry) {
        Catalog catalog = this.catalog.get();
        Ruled ruled = fromMemory(enquiry, catalog).orElseGet(() -> fromDatabase(enquiry, catalog));
        return told(Call.CHECK, ruled, ruled.decisions());
    }

    private Optional<Ruled> fromMemory(Enquiry enquiry, Catalog catalog) {
        return enquiry.reader()
                .identity()
                .map(identity -> standings.remembered(identity, enquiry.at()))
                .orElseGet(() -> Optional.of(Standing.none(enquiry.at())))
                .map(standing -> new Ruled(enquiry, catalog, standing, Found.NOTHING))
                .filter(ruled -> ruled.isCertain() || ruled.standing.stale())
                .flatMap(ruled -> ruled.isGranted()
                        ? Optional.of(ruled)
                        : favours.known(enquiry.circumstances().share(), ruled.crawler())
                                .map(ruled::with))
                .filter(ruled -> !ruled.asksMeter());
    }

    /** Whether what is remembered of the reader is still so, the meters tell with what they are asked anyway. */
    private Ruled fromDatabase(Enquiry enquiry, Catalog catalog) {
        Ruled ruled = favoured(remembered(enquiry, catalog));
        if (ruled.asksMeter() && ruled.metersTell() && ruled.settle()) {
            return ruled;
        }
        ruled = favoured(confirmed(enquiry, catalog));
        if (ruled.asksMeter() && !ruled.settle()) {
            // the rights have changed again in this very moment; the meters are answered by what was just read
            ruled.settleAnyway();
        }
        return ruled;
    }

    /** What came of opening an article, and whether it was opened before under the same key. */
    public record Opened(Decision decision, boolean replayed) {}

    /** Decides, spends the meter where the grant is rationed, and records the read; blocks, in the caller's transaction. */
    public Opened open(Enquiry enquiry, String idempotencyKey) {
        Article article = enquiry.articles().getFirst();
        Ruled ruled = confirmed(enquiry, catalog.get());
        UUID holder = ruled.holder.orElse(Reads.NOBODY);
        Optional<Decision> earlier = reads.answered(holder, idempotencyKey, article);
        if (earlier.isPresent()) {
            return new Opened(earlier.get(), true);
        }
        ruled = ruled.isGranted()
                ? ruled
                : redeemed(ruled.with(favours.findAtOnce(
                        enquiry.circumstances().share(), ruled.crawler(), ruled.holder, enquiry.at())));
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
            ruled.tallies.put(0, taken.before());
        }
        Decision decision = ruled.decisions().getFirst().opened(read, counted);
        told(Call.OPEN, ruled, List.of(decision));
        if (decision.granted()) {
            reads.record(holder, idempotencyKey, article, decision);
        }
        return new Opened(decision, false);
    }

    /** Asks what the reader comes with, where what they hold is not enough. */
    private Ruled favoured(Ruled ruled) {
        return ruled.isGranted()
                ? ruled
                : ruled.with(favours.find(
                        ruled.enquiry.circumstances().share(), ruled.crawler(), ruled.holder, ruled.enquiry.at()));
    }

    /** A share is used up by devices; where it just was, it opens nothing. */
    private Ruled redeemed(Ruled ruled) {
        if (!(ruled.rulings.getFirst() instanceof Verdict verdict) || verdict.reason() != Reason.SHARED_LINK) {
            return ruled;
        }
        UUID device = ruled.holder.orElseThrow(Turnstile::visitorRequired);
        String share = ruled.enquiry.circumstances().share().orElseThrow();
        return favours.redeem(share, device, ruled.enquiry.at()) ? ruled : ruled.with(ruled.found.withoutShare());
    }

    /** Under whose name somebody may have read, the account first: as an account, and as the visitor they were. */
    List<UUID> holders(Reader reader, Instant at) {
        Optional<UUID> account =
                reader.identity().flatMap(it -> standings.current(it, at).account());
        return Stream.of(account, reader.visitor().map(Visitor::id))
                .flatMap(Optional::stream)
                .toList();
    }

    /** Lets operators know. */
    private List<Decision> told(Call call, Ruled ruled, List<Decision> told) {
        List<Decisions.Made> made = new ArrayList<>(told.size());
        for (int i = 0; i < told.size(); i++) {
            made.add(new Decisions.Made(
                    ruled.questions.get(i), ruled.standing, ruled.holder, ruled.tallies.get(i), told.get(i)));
        }
        decisions.note(call, made, ruled.catalog);
        return told;
    }

    /** What the answer would be at the instant of the enquiry, by what is written now; spends and counts nothing. */
    Decision imagine(Enquiry enquiry, Instant now) {
        Standing standing = enquiry.reader()
                .identity()
                .map(identity -> standings.reloaded(identity, now))
                .orElseGet(() -> Standing.none(now));
        Ruled ruled = new Ruled(enquiry, catalog.get(), standing, Found.NOTHING);
        if (ruled.asksMeter()) {
            ruled.settleAnyway();
        }
        return ruled.decisions().getFirst();
    }

    private Ruled remembered(Enquiry enquiry, Catalog catalog) {
        Standing standing = enquiry.reader()
                .identity()
                .map(identity -> standings.current(identity, enquiry.at()))
                .orElseGet(() -> Standing.none(enquiry.at()));
        return new Ruled(enquiry, catalog, standing, Found.NOTHING);
    }

    private Ruled confirmed(Enquiry enquiry, Catalog catalog) {
        Ruled ruled = remembered(enquiry, catalog);
        if (ruled.isCertain() || ruled.standing.stale()) {
            return ruled;
        }
        Identity identity = enquiry.reader().identity().orElseThrow();
        return new Ruled(enquiry, catalog, standings.reloaded(identity, enquiry.at()), Found.NOTHING);
    }

    private static Problem visitorRequired() {
        return Problem.badRequest(
                "visitor-required",
                "A visitor token is needed",
                "A metered or shared article is opened by a reader or with X-Visitor; POST /v1/visitors gives a token");
    }

    /** What the law has said of each article of an enquiry, given a standing and what the reader comes with. */
    private final class Ruled {
        private final Enquiry enquiry;
        private final Catalog catalog;
        private final Standing standing;
        private final Found found;
        private final Optional<UUID> holder;
        private final List<Question> questions;
        private final List<Ruling> rulings = new ArrayList<>();

        /** What meters said, where they were asked, before anything was taken. */
        private final Map<Integer, Tally> tallies = new HashMap<>();

        Ruled(Enquiry enquiry, Catalog catalog, Standing standing, Found found) {
            this.enquiry = enquiry;
            this.catalog = catalog;
            this.standing = standing;
            this.found = found;
            this.holder = enquiry.reader().holder(standing);
            this.questions = enquiry.questions(found);
            questions.forEach(question -> rulings.add(Paywall.rule(catalog, question, standing, enquiry.at())));
        }

        /** The same, when it is known what else the reader comes with. */
        Ruled with(Found found) {
            return found.equals(this.found) ? this : new Ruled(enquiry, catalog, standing, found);
        }

        /** Who might be a crawler, where nobody is signed in and an article that is denied would be open to one. */
        Optional<Sender> crawler() {
            return enquiry.circumstances()
                    .sender()
                    .filter(_ -> enquiry.reader().identity().isEmpty())
                    .filter(_ -> questions.stream().anyMatch(question -> admitsCrawlers(question.article())));
        }

        private boolean admitsCrawlers(Article article) {
            return policy(article).filter(Policy::admitsCrawlers).isPresent();
        }

        private Optional<Policy> policy(Article article) {
            return article.source()
                    .map(source -> catalog.rules(source).inForce(article.section(), enquiry.at()))
                    .map(Rule::policy);
        }

        boolean isGranted() {
            return rulings.stream().allMatch(Ruled::isGrant);
        }

        /** Whether there is a meter to be asked; whoever cannot be told from others has spent nothing yet. */
        boolean asksMeter() {
            return holder.isPresent() && rulings.stream().anyMatch(Ration.class::isInstance);
        }

        /** Whether nothing that the database might know in addition could turn a denial into a grant. */
        boolean isCertain() {
            return enquiry.reader().identity().isEmpty() || standing.loadedAt().equals(enquiry.at()) || isGranted();
        }

        private static boolean isGrant(Ruling ruling) {
            return switch (ruling) {
                case Verdict verdict -> verdict.reason().grants() || verdict.reason() == Reason.SOURCE_UNKNOWN;
                case Ration _ -> false;
            };
        }

        /** Whether whoever has the meters has the rights too; somebody signed in may have an account since a moment. */
        boolean metersTell() {
            return standing.account().isPresent() || enquiry.reader().identity().isEmpty();
        }

        /**
         * Asks all meters at once, or grants what they were to decide while they cannot be asked. False where the reader
         * holds something else than what was ruled by.
         */
        boolean settle() {
            return settle(false);
        }

        void settleAnyway() {
            settle(true);
        }

        private boolean settle(boolean anyway) {
            Map<Integer, Meters.Asked> asked = new LinkedHashMap<>();
            for (int i = 0; i < rulings.size(); i++) {
                if (rulings.get(i) instanceof Ration ration) {
                    Article article = enquiry.articles().get(i);
                    Source source = article.source().orElseThrow();
                    asked.put(i, new Meters.Asked(source.slug(), ration.period().id(), article.key()));
                }
            }
            Optional<Meters.Peeked> peeked = reach.ask(
                    () -> Optional.of(meters.peek(holder.orElseThrow(), List.copyOf(asked.values()))), Optional::empty);
            if (!anyway
                    && peeked.flatMap(Meters.Peeked::version)
                            .filter(version -> version != standing.version())
                            .isPresent()) {
                return false;
            }
            Iterator<Tally> told =
                    peeked.map(Meters.Peeked::tallies).orElse(List.of()).iterator();
            asked.keySet().forEach(i -> {
                Ration ration = (Ration) rulings.get(i);
                if (told.hasNext()) {
                    Tally tally = told.next();
                    tallies.put(i, tally);
                    rulings.set(i, ration.settle(tally));
                } else {
                    rulings.set(i, ration.unasked());
                }
            });
            return true;
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
                        offers.to(
                                verdict.reason(),
                                standing,
                                question.article().source(),
                                policy(question.article()).map(Policy::gate).orElse(Gate.MEMBERS)),
                        verdict.reason().grants() ? null : leadIn(question.article()),
                        enquiry.circumstances().explain()
                                ? Considered.of(catalog, question, standing, verdict, isInsider(), at)
                                : null));
            }
            return decisions;
        }

        /** The back office, or a reader app's back end: neither has an address of its own in the question. */
        private boolean isInsider() {
            return enquiry.circumstances().sender().isEmpty();
        }

        private Integer leadIn(Article article) {
            return policy(article).map(Policy::leadIn).orElse(null);
        }
    }
}
