package dev.gatefold.access.decide;

import dev.gatefold.access.decide.RandomArticles.RandomAccessQuery;
import dev.gatefold.access.decide.RandomReaders.RandomReader;
import dev.gatefold.catalog.CurrentCatalog;
import dev.gatefold.catalog.model.CalendarWindow;
import dev.gatefold.entitlements.EntitlementGrants;
import dev.gatefold.testing.StoppableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Random sources, articles and readers, created in the service over HTTP and in a {@link ReferencePaywall}. */
final class RandomWorld {
    private static final Instant EARLIEST = Instant.parse("2027-01-01T00:00:00Z");
    private static final Duration LASTS = Duration.ofDays(40);

    private final SeededRandom dice;
    private final Instant startInstant;
    private final ReferencePaywall reference = new ReferencePaywall();
    private final RandomSources sources;
    private final RandomArticles articles;
    private final RandomReaders readers;

    RandomWorld(
            SplittableRandom random,
            StoppableClock clock,
            CurrentCatalog catalog,
            EntitlementGrants granting,
            int accounts) {
        this.dice = new SeededRandom(random);
        this.startInstant = EARLIEST.plus(Duration.ofDays(dice.below(1000)));
        this.sources = new RandomSources(dice, clock, startInstant);
        sources.describeTo(reference);
        this.articles = new RandomArticles(dice, sources, reference);
        this.readers = new RandomReaders(dice, sources, articles, catalog, granting);
        clock.stopAt(startInstant);
        readers.populate(accounts, startInstant);
    }

    SeededRandom dice() {
        return dice;
    }

    Instant startInstant() {
        return startInstant;
    }

    ReferencePaywall reference() {
        return reference;
    }

    RandomSources sources() {
        return sources;
    }

    RandomArticles articles() {
        return articles;
    }

    List<RandomReader> readers() {
        return readers.all();
    }

    /** Returns a query that the meter of a reader decides, or another one if none is found soon. */
    RandomAccessQuery meteredQuestion(RandomReader reader, Instant t, String country) {
        RandomAccessQuery question = articles.pickQuery(t, country);
        for (int i = 0; i < 20 && !isMetered(reader, question, t); i++) {
            question = articles.pickQuery(t, country);
        }
        return question;
    }

    private boolean isMetered(RandomReader reader, RandomAccessQuery question, Instant t) {
        return reference.decide(reader.reference(), question.reference(), t).period() != null;
    }

    /** Returns an instant close to a boundary: of an entitlement, a rule, an age threshold or a meter period. */
    Instant pickBoundary(RandomReader reader) {
        List<Instant> edges = new ArrayList<>();
        switch (dice.below(4)) {
            case 0 -> edges.addAll(RandomReaders.entitlementBoundaries(reader));
            case 1 -> edges.addAll(sources.ruleBoundaries(dice.pick(sources.slugs())));
            case 2 -> edges.addAll(reader.reads());
            default ->
                edges.add(ReferencePaywall.resetsAt(
                        dice.pick(List.of(CalendarWindow.values())),
                        sources.zone(dice.pick(sources.slugs())),
                        pickInstant()));
        }
        edges.removeIf(it -> it.isBefore(startInstant) || it.isAfter(startInstant.plus(LASTS)));
        return edges.isEmpty() ? pickInstant() : dice.pick(edges);
    }

    Instant pickInstant() {
        return dice.instantWithin(startInstant, LASTS);
    }

    /** Returns a country as sent by a gateway; null if it sends none. */
    String country() {
        return dice.pick(List.of("DE", "de", "AT", "ch", "US", "GB", "fr", "XX", "T1", ""))
                .transform(it -> it.isEmpty() ? null : it);
    }
}
