package dev.gatefold.access;

import dev.gatefold.StoppedClock;
import dev.gatefold.access.RandomArticles.Questioned;
import dev.gatefold.access.RandomReaders.Someone;
import dev.gatefold.catalog.CurrentCatalog;
import dev.gatefold.catalog.Window;
import dev.gatefold.entitlements.Granting;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Titles, articles and readers made at random, told to the service over HTTP and to a naive law directly. */
final class RandomWorld {
    private static final Instant EARLIEST = Instant.parse("2027-01-01T00:00:00Z");
    private static final Duration LASTS = Duration.ofDays(40);

    private final Dice dice;
    private final Instant begins;
    private final NaiveLaw law = new NaiveLaw();
    private final RandomTitles titles;
    private final RandomArticles articles;
    private final RandomReaders readers;

    RandomWorld(SplittableRandom random, StoppedClock clock, CurrentCatalog catalog, Granting granting, int accounts) {
        this.dice = new Dice(random);
        this.begins = EARLIEST.plus(Duration.ofDays(dice.below(1000)));
        this.titles = new RandomTitles(dice, clock, begins);
        titles.tell(law);
        this.articles = new RandomArticles(dice, titles, law);
        this.readers = new RandomReaders(dice, titles, articles, catalog, granting);
        clock.stopAt(begins);
        readers.populate(accounts, begins);
    }

    Dice dice() {
        return dice;
    }

    Instant begins() {
        return begins;
    }

    NaiveLaw law() {
        return law;
    }

    RandomTitles titles() {
        return titles;
    }

    RandomArticles articles() {
        return articles;
    }

    List<Someone> readers() {
        return readers.all();
    }

    /** A question that the meter of this reader decides, or if none is found soon, another. */
    Questioned meteredQuestion(Someone reader, Instant t, String country) {
        Questioned question = articles.question(t, country);
        for (int i = 0; i < 20 && !isMetered(reader, question, t); i++) {
            question = articles.question(t, country);
        }
        return question;
    }

    private boolean isMetered(Someone reader, Questioned question, Instant t) {
        return law.answer(reader.asker(), question.asked(), t).period() != null;
    }

    /** When something begins or ends for this reader or for any, or a meter starts again, or the like. */
    Instant edge(Someone reader) {
        List<Instant> edges = new ArrayList<>();
        switch (dice.below(4)) {
            case 0 -> edges.addAll(RandomReaders.edgesOf(reader));
            case 1 -> edges.addAll(titles.edgesOf(dice.any(titles.slugs())));
            case 2 -> edges.addAll(reader.reads());
            default ->
                edges.add(NaiveLaw.resetsAt(
                        dice.any(List.of(Window.values())), titles.zone(dice.any(titles.slugs())), someTime()));
        }
        edges.removeIf(it -> it.isBefore(begins) || it.isAfter(begins.plus(LASTS)));
        return edges.isEmpty() ? someTime() : dice.any(edges);
    }

    Instant someTime() {
        return dice.within(begins, LASTS);
    }

    /** What a gateway may say; null where it says nothing. */
    String country() {
        return dice.any(List.of("DE", "de", "AT", "ch", "US", "GB", "fr", "XX", "T1", ""))
                .transform(it -> it.isEmpty() ? null : it);
    }
}
