package dev.gatefold.access.decide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatefold.access.bypass.Bypass;
import dev.gatefold.access.decide.Ruling.Ration;
import dev.gatefold.access.decide.Ruling.Verdict;
import dev.gatefold.bots.VerifiedCrawler;
import dev.gatefold.catalog.Catalog;
import dev.gatefold.catalog.TestCatalogs;
import dev.gatefold.catalog.model.CalendarWindow;
import dev.gatefold.catalog.rules.Gate;
import dev.gatefold.catalog.rules.Policy;
import dev.gatefold.catalog.rules.Territories;
import dev.gatefold.entitlements.Coverage;
import dev.gatefold.entitlements.Entitlement;
import dev.gatefold.entitlements.EntitlementBasis;
import dev.gatefold.entitlements.Standing;
import dev.gatefold.kernel.Term;
import dev.gatefold.shares.SharedArticle;
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
class PaywallDecisionTableTest {
    private static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");

    /** What stands down the table: what somebody holds, in days from now. */
    private enum HoldingCase {
        VISITOR("visitor"),
        ACCOUNT("account"),
        TRIAL("trial", EntitlementBasis.TRIAL, "all", -4, 10),
        MEMBER("member", EntitlementBasis.MEMBER, "all", -10, 20),
        GRACE("grace", EntitlementBasis.GRACE, "all", -3, 11),
        PENDING("pending", EntitlementBasis.PENDING_PAYMENT, "all", -1, 7),
        COMPLIMENTARY("complimentary", EntitlementBasis.COMPLIMENTARY, "all", -10, 1000),
        GIFT("gift", EntitlementBasis.GIFT, "all", -1, 364),
        HOUSEHOLD("household", EntitlementBasis.HOUSEHOLD, "all", -1, 30),
        DAY_PASS("day pass", EntitlementBasis.PURCHASED, "all", 0, 1),
        THIS_ARTICLE("this article", EntitlementBasis.PURCHASED, "#this", -1, 29),
        ANOTHER_ARTICLE("another article", EntitlementBasis.PURCHASED, "#another", -1, 29),
        ANOTHER_PLAN("another plan", EntitlementBasis.MEMBER, "few", -10, 20),
        TRIAL_OVER("trial over", EntitlementBasis.TRIAL, "all", -20, -6),
        MEMBER_ONCE("member once", EntitlementBasis.MEMBER, "all", -40, -10),
        GIFT_OVER("gift over", EntitlementBasis.GIFT, "all", -366, -1),
        DAY_PASS_OVER("day pass over", EntitlementBasis.PURCHASED, "all", -2, -1),
        OWES("owes", EntitlementBasis.GRACE, "all", -20, -6),
        MEMBER_SOON("member soon", EntitlementBasis.MEMBER, "all", 5, 35);

        private final String word;
        private final Optional<Entitlement> right;

        HoldingCase(String word) {
            this.word = word;
            this.right = Optional.empty();
        }

        HoldingCase(String word, EntitlementBasis basis, String covers, int from, int until) {
            Coverage coverage = covers.startsWith("#")
                    ? new Coverage.ArticleCoverage("source", covers, covers)
                    : new Coverage.PlanCoverage(covers);
            Term term = new Term(NOW.plus(Duration.ofDays(from)), Optional.of(NOW.plus(Duration.ofDays(until))));
            this.word = word;
            this.right = Optional.of(new Entitlement(basis, word, coverage, term));
        }

        Standing standing() {
            return this == VISITOR
                    ? Standing.anonymous(NOW)
                    : new Standing(
                            Optional.of(new UUID(0, 1)), 1, right.stream().toList(), NOW, false);
        }
    }

    /** What stands across: what is special about the title, the article or the reader. */
    private enum PolicyCase {
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
                    metered ? CalendarWindow.MONTH : null,
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

        List<Bypass> bypasses() {
            List<Bypass> bypasses = new ArrayList<>();
            share().ifPresent(term -> bypasses.add(new SharedArticle("source", "#this", term)));
            if (crawler()) {
                bypasses.add(new VerifiedCrawler());
            }
            return bypasses;
        }

        private Optional<Term> share() {
            Instant until = this == SHARE_OVER ? NOW : NOW.plus(Duration.ofDays(1));
            return Optional.of(new Term(NOW.minus(Duration.ofDays(6)), Optional.of(until)))
                    .filter(_ -> isOneOf(SHARED, SHARED_TOO_EARLY, SHARE_OVER));
        }

        private boolean crawler() {
            return isOneOf(CRAWLER, UNWELCOME);
        }

        private boolean isOneOf(PolicyCase... these) {
            return List.of(these).contains(this);
        }
    }

    /** One cell of the table. */
    record DecisionTableCell(Gate gate, HoldingCase holding, PolicyCase special, String answer) {
        @Override
        public String toString() {
            return gate + ", " + holding.word + ", " + special + ": " + answer;
        }
    }

    @ParameterizedTest
    @MethodSource("cells")
    void paywallDecidesAsTableSays(DecisionTableCell cell) {
        Catalog catalog = TestCatalogs.of(Map.of("source", cell.special.policy(cell.gate)));
        var article = catalog.articleByReference("source", "this")
                .withMetadata(null, cell.special.publishedAt().orElse(null));
        PaywallQuery question = new PaywallQuery(article, cell.special.country(), true, cell.special.bypasses());

        Ruling ruling = Paywall.rule(catalog, question, cell.holding.standing(), NOW);

        String said = switch (ruling) {
            case Verdict verdict -> verdict.reason().name();
            case Ration _ -> "ration";
        };
        assertThat(said).isEqualTo(cell.answer);
    }

    @Test
    void tableCoversEveryCombination() throws IOException {
        for (Gate gate : Gate.values()) {
            for (HoldingCase holding : HoldingCase.values()) {
                EnumSet<PolicyCase> specials = EnumSet.allOf(PolicyCase.class);
                if (gate != Gate.METERED) {
                    specials.remove(PolicyCase.NO_METER);
                }

                assertThat(cells())
                        .filteredOn(cell -> cell.gate == gate && cell.holding == holding)
                        .extracting(DecisionTableCell::special)
                        .containsExactlyInAnyOrderElementsOf(specials);
            }
        }
        assertThat(HoldingCase.values())
                .extracting(holding -> holding.right.map(Entitlement::basis))
                .containsAll(Arrays.stream(EntitlementBasis.values())
                        .map(Optional::of)
                        .toList());
    }

    static List<DecisionTableCell> cells() throws IOException {
        List<DecisionTableCell> cells = new ArrayList<>();
        List<String> head = List.of();
        for (String line : table()) {
            List<String> words =
                    Arrays.stream(line.split("\\|", -1)).map(String::strip).toList();
            if (Arrays.stream(Gate.values()).anyMatch(gate -> gate.name().equals(words.getFirst()))) {
                head = words;
            } else {
                for (int i = 1; i < head.size(); i++) {
                    String written = i < words.size() ? words.get(i) : "";
                    cells.add(new DecisionTableCell(
                            Gate.valueOf(head.getFirst()),
                            holding(words.getFirst()),
                            PolicyCase.valueOf(head.get(i)
                                    .toUpperCase(java.util.Locale.ROOT)
                                    .replace(' ', '_')),
                            written.isEmpty() ? words.get(1) : written));
                }
            }
        }
        return cells;
    }

    private static HoldingCase holding(String word) {
        return Arrays.stream(HoldingCase.values())
                .filter(holding -> holding.word.equals(word))
                .findAny()
                .orElseThrow(() -> new IllegalArgumentException("Nobody holds \"" + word + "\""));
    }

    private static List<String> table() throws IOException {
        try (InputStream file = PaywallDecisionTableTest.class.getResourceAsStream("paywall-decisions.txt")) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .toList();
        }
    }
}
