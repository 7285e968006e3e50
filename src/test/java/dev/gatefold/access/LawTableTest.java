package dev.gatefold.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatefold.access.Ruling.Ration;
import dev.gatefold.access.Ruling.Verdict;
import dev.gatefold.catalog.Catalog;
import dev.gatefold.catalog.Catalogs;
import dev.gatefold.catalog.Gate;
import dev.gatefold.catalog.Policy;
import dev.gatefold.catalog.Territories;
import dev.gatefold.catalog.Window;
import dev.gatefold.entitlements.Basis;
import dev.gatefold.entitlements.Coverage;
import dev.gatefold.entitlements.Right;
import dev.gatefold.entitlements.Standing;
import dev.gatefold.kernel.Term;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The law, as an editor reads it: every gate, whoever asks, and everything that a policy can say besides. */
class LawTableTest {
    private static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");

    /** What stands down the table: what somebody holds, in days from now. */
    private enum Holding {
        VISITOR("visitor"),
        ACCOUNT("account"),
        TRIAL("trial", Basis.TRIAL, "all", -4, 10),
        MEMBER("member", Basis.MEMBER, "all", -10, 20),
        GRACE("grace", Basis.GRACE, "all", -3, 11),
        PENDING("pending", Basis.PENDING_PAYMENT, "all", -1, 7),
        COMPLIMENTARY("complimentary", Basis.COMPLIMENTARY, "all", -10, 1000),
        GIFT("gift", Basis.GIFT, "all", -1, 364),
        HOUSEHOLD("household", Basis.HOUSEHOLD, "all", -1, 30),
        DAY_PASS("day pass", Basis.PURCHASED, "all", 0, 1),
        THIS_ARTICLE("this article", Basis.PURCHASED, "#this", -1, 29),
        ANOTHER_ARTICLE("another article", Basis.PURCHASED, "#another", -1, 29),
        ANOTHER_PLAN("another plan", Basis.MEMBER, "few", -10, 20),
        TRIAL_OVER("trial over", Basis.TRIAL, "all", -20, -6),
        MEMBER_ONCE("member once", Basis.MEMBER, "all", -40, -10),
        GIFT_OVER("gift over", Basis.GIFT, "all", -366, -1),
        DAY_PASS_OVER("day pass over", Basis.PURCHASED, "all", -2, -1),
        OWES("owes", Basis.GRACE, "all", -20, -6),
        MEMBER_SOON("member soon", Basis.MEMBER, "all", 5, 35);

        private final String word;
        private final Optional<Right> right;

        Holding(String word) {
            this.word = word;
            this.right = Optional.empty();
        }

        Holding(String word, Basis basis, String covers, int from, int until) {
            Coverage coverage = covers.startsWith("#")
                    ? new Coverage.OfArticle("source", covers, covers)
                    : new Coverage.OfPlan(covers);
            Term term = new Term(NOW.plus(Duration.ofDays(from)), Optional.of(NOW.plus(Duration.ofDays(until))));
            this.word = word;
            this.right = Optional.of(new Right(basis, word, coverage, term));
        }

        Standing standing() {
            return this == VISITOR
                    ? Standing.none(NOW)
                    : new Standing(
                            Optional.of(new UUID(0, 1)), 1, right.stream().toList(), NOW, false);
        }
    }

    /** What stands across: what is special about the title, the article or the reader. */
    private enum Special {
        USUAL,
        /** For members only in the first 24 hours; 2 hours old. */
        EMBARGO,
        /** The same, 24 hours old. */
        NO_LONGER,
        /** For members only from 30 days on; 30 days old. */
        ARCHIVE,
        /** The same, a second younger. */
        NOT_YET,
        /** Both, and nobody tells when it was published. */
        AGE_UNTOLD,
        NOT_IN_TRIALS,
        /** METERED only: nothing is opened on the meter. */
        NO_METER,
        /** To be read in Germany only; the reader is in Austria. */
        ABROAD,
        /** The same; the reader is in Germany. */
        AT_HOME,
        /** The same; nobody tells where the reader is. */
        COUNTRY_UNTOLD,
        /** Not to be read in Germany; nobody tells where the reader is. */
        NOT_BLOCKED,
        /** Search engines read along; one asks. */
        CRAWLER,
        /** They do not; one asks. */
        UNWELCOME,
        /** A member has given the article away, until tomorrow. */
        SHARED,
        /** The same, in the first 24 hours that are for members only. */
        SHARED_TOO_EARLY,
        /** The same, until now. */
        SHARE_OVER;

        Policy policy(Gate gate) {
            boolean metered = gate == Gate.METERED;
            return new Policy(
                    gate,
                    metered ? 5 : null,
                    metered ? Window.MONTH : null,
                    isOneOf(EMBARGO, NO_LONGER, AGE_UNTOLD, SHARED_TOO_EARLY) ? 24 : null,
                    isOneOf(ARCHIVE, NOT_YET, AGE_UNTOLD) ? 30 : null,
                    isOneOf(ABROAD, AT_HOME, COUNTRY_UNTOLD)
                            ? new Territories(Set.of("de"), null)
                            : this == NOT_BLOCKED ? new Territories(null, Set.of("de")) : null,
                    this == NOT_IN_TRIALS ? false : null,
                    this == NO_METER ? false : null,
                    null,
                    this == CRAWLER ? true : null);
        }

        Optional<Instant> publishedAt() {
            return switch (this) {
                case EMBARGO, SHARED_TOO_EARLY -> Optional.of(NOW.minus(Duration.ofHours(2)));
                case NO_LONGER -> Optional.of(NOW.minus(Duration.ofHours(24)));
                case ARCHIVE -> Optional.of(NOW.minus(Duration.ofDays(30)));
                case NOT_YET -> Optional.of(NOW.minus(Duration.ofDays(30)).plusSeconds(1));
                default -> Optional.empty();
            };
        }

        Optional<String> country() {
            return isOneOf(ABROAD) ? Optional.of("at") : isOneOf(AT_HOME) ? Optional.of("de") : Optional.empty();
        }

        Optional<Term> share() {
            Instant until = this == SHARE_OVER ? NOW : NOW.plus(Duration.ofDays(1));
            return Optional.of(new Term(NOW.minus(Duration.ofDays(6)), Optional.of(until)))
                    .filter(_ -> isOneOf(SHARED, SHARED_TOO_EARLY, SHARE_OVER));
        }

        boolean crawler() {
            return isOneOf(CRAWLER, UNWELCOME);
        }

        private boolean isOneOf(Special... these) {
            return List.of(these).contains(this);
        }
    }

    /** One cell of the table. */
    record Cell(Gate gate, Holding holding, Special special, String answer) {
        @Override
        public String toString() {
            return gate + ", " + holding.word + ", " + special + ": " + answer;
        }
    }

    @ParameterizedTest
    @MethodSource("cells")
    void theLaw(Cell cell) {
        Catalog catalog = Catalogs.of(Map.of("source", cell.special.policy(cell.gate)));
        var article = catalog.article("source", "this")
                .told(null, cell.special.publishedAt().orElse(null));
        Question question =
                new Question(article, cell.special.country(), true, cell.special.share(), cell.special.crawler());

        Ruling ruling = Paywall.rule(catalog, question, cell.holding.standing(), NOW);

        String said = switch (ruling) {
            case Verdict verdict -> verdict.reason().name();
            case Ration _ -> "ration";
        };
        assertThat(said).isEqualTo(cell.answer);
    }

    @Test
    void nothingIsLeftOut() throws IOException {
        for (Gate gate : Gate.values()) {
            for (Holding holding : Holding.values()) {
                EnumSet<Special> specials = EnumSet.allOf(Special.class);
                if (gate != Gate.METERED) {
                    specials.remove(Special.NO_METER);
                }

                assertThat(cells())
                        .filteredOn(cell -> cell.gate == gate && cell.holding == holding)
                        .extracting(Cell::special)
                        .containsExactlyInAnyOrderElementsOf(specials);
            }
        }
        assertThat(Holding.values())
                .extracting(holding -> holding.right.map(Right::basis))
                .containsAll(Arrays.stream(Basis.values()).map(Optional::of).toList());
    }

    static List<Cell> cells() throws IOException {
        List<Cell> cells = new ArrayList<>();
        List<String> head = List.of();
        for (String line : table()) {
            List<String> words =
                    Arrays.stream(line.split("\\|", -1)).map(String::strip).toList();
            if (Arrays.stream(Gate.values()).anyMatch(gate -> gate.name().equals(words.getFirst()))) {
                head = words;
            } else {
                for (int i = 1; i < head.size(); i++) {
                    String written = i < words.size() ? words.get(i) : "";
                    cells.add(new Cell(
                            Gate.valueOf(head.getFirst()),
                            holding(words.getFirst()),
                            Special.valueOf(head.get(i)
                                    .toUpperCase(java.util.Locale.ROOT)
                                    .replace(' ', '_')),
                            written.isEmpty() ? words.get(1) : written));
                }
            }
        }
        return cells;
    }

    private static Holding holding(String word) {
        return Arrays.stream(Holding.values())
                .filter(holding -> holding.word.equals(word))
                .findAny()
                .orElseThrow(() -> new IllegalArgumentException("Nobody holds \"" + word + "\""));
    }

    private static List<String> table() throws IOException {
        try (InputStream file = LawTableTest.class.getResourceAsStream("the-law.txt")) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .toList();
        }
    }
}
