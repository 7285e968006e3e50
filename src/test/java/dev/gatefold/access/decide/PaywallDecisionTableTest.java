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
import dev.gatefold.entitlements.BillingStatus;
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

/** Compares the paywall with a table that editors can read: every gate, reader and circumstance. */
class PaywallDecisionTableTest {
    private static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");

    /** A row of the table: a reader and the entitlement that they hold, with its term in days from now. */
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
        TRIAL_ENDED("trial ended", EntitlementBasis.TRIAL, "all", -20, -6),
        FORMER_MEMBER("former member", EntitlementBasis.MEMBER, "all", -40, -10),
        GIFT_ENDED("gift ended", EntitlementBasis.GIFT, "all", -366, -1),
        DAY_PASS_ENDED("day pass ended", EntitlementBasis.PURCHASED, "all", -2, -1),
        PAYMENT_OVERDUE("payment overdue", EntitlementBasis.GRACE, "all", -20, -6),
        FUTURE_MEMBER("future member", EntitlementBasis.MEMBER, "all", 5, 35);

        private final String label;
        private final Optional<Entitlement> entitlement;

        HoldingCase(String label) {
            this.label = label;
            this.entitlement = Optional.empty();
        }

        HoldingCase(String label, EntitlementBasis basis, String covers, int from, int until) {
            Coverage coverage = covers.startsWith("#")
                    ? new Coverage.ArticleCoverage("source", covers, covers)
                    : new Coverage.PlanCoverage(covers);
            Term term = new Term(NOW.plus(Duration.ofDays(from)), Optional.of(NOW.plus(Duration.ofDays(until))));
            this.label = label;
            this.entitlement = Optional.of(new Entitlement(basis, label, coverage, term));
        }

        Standing standing() {
            return this == VISITOR
                    ? Standing.anonymous(NOW)
                    : new Standing(
                                    Optional.of(new UUID(0, 1)),
                                    1,
                                    entitlement.stream().toList(),
                                    NOW,
                                    false)
                            .withBilling(this == PAYMENT_OVERDUE ? BillingStatus.OVERDUE : BillingStatus.NONE);
        }
    }

    /** A column of the table: a special circumstance of the policy, the article or the request. */
    private enum PolicyCase {
        DEFAULT,
        /** An embargo of 24 hours; the article is 2 hours old. */
        EMBARGO,
        /** An embargo of 24 hours; the article is 24 hours old. */
        EMBARGO_ENDED,
        /** Archived after 30 days; the article is 30 days old. */
        ARCHIVE,
        /** Archived after 30 days; the article is one second younger than that. */
        NOT_ARCHIVED,
        /** Embargo and archive; the publication date is unknown. */
        DATE_UNKNOWN,
        NOT_IN_TRIALS,
        /** Only for METERED: the policy does not allow the meter. */
        NO_METER,
        /** Readable in Germany only; the reader is in Austria. */
        OTHER_COUNTRY,
        /** Readable in Germany only; the reader is in Germany. */
        OWN_COUNTRY,
        /** Readable in Germany only; the reader's country is unknown. */
        COUNTRY_UNKNOWN,
        /** Not readable in Germany; the reader's country is unknown. */
        BLOCKLIST,
        /** A verified crawler, which the policy allows. */
        CRAWLER,
        /** A verified crawler, which the policy does not allow. */
        CRAWLER_NOT_ALLOWED,
        /** A share link that expires tomorrow. */
        SHARED,
        /** A valid share link during the embargo. */
        SHARED_IN_EMBARGO,
        /** A share link that expires now. */
        SHARE_EXPIRED;

        Policy policy(Gate gate) {
            boolean metered = gate == Gate.METERED;
            return new Policy(
                    gate,
                    metered ? 5 : null,
                    metered ? CalendarWindow.MONTH : null,
                    isOneOf(EMBARGO, EMBARGO_ENDED, DATE_UNKNOWN, SHARED_IN_EMBARGO) ? 24 : null,
                    isOneOf(ARCHIVE, NOT_ARCHIVED, DATE_UNKNOWN) ? 30 : null,
                    isOneOf(OTHER_COUNTRY, OWN_COUNTRY, COUNTRY_UNKNOWN)
                            ? new Territories(Set.of("de"), null)
                            : this == BLOCKLIST ? new Territories(null, Set.of("de")) : null,
                    this == NOT_IN_TRIALS ? false : null,
                    this == NO_METER ? false : null,
                    null,
                    this == CRAWLER ? true : null);
        }

        Optional<Instant> publishedAt() {
            return switch (this) {
                case EMBARGO, SHARED_IN_EMBARGO -> Optional.of(NOW.minus(Duration.ofHours(2)));
                case EMBARGO_ENDED -> Optional.of(NOW.minus(Duration.ofHours(24)));
                case ARCHIVE -> Optional.of(NOW.minus(Duration.ofDays(30)));
                case NOT_ARCHIVED -> Optional.of(NOW.minus(Duration.ofDays(30)).plusSeconds(1));
                case DEFAULT,
                        DATE_UNKNOWN,
                        NOT_IN_TRIALS,
                        NO_METER,
                        OTHER_COUNTRY,
                        OWN_COUNTRY,
                        COUNTRY_UNKNOWN,
                        BLOCKLIST,
                        CRAWLER,
                        CRAWLER_NOT_ALLOWED,
                        SHARED,
                        SHARE_EXPIRED -> Optional.empty();
            };
        }

        Optional<String> country() {
            return isOneOf(OTHER_COUNTRY)
                    ? Optional.of("at")
                    : isOneOf(OWN_COUNTRY) ? Optional.of("de") : Optional.empty();
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
            Instant until = this == SHARE_EXPIRED ? NOW : NOW.plus(Duration.ofDays(1));
            return Optional.of(new Term(NOW.minus(Duration.ofDays(6)), Optional.of(until)))
                    .filter(_ -> isOneOf(SHARED, SHARED_IN_EMBARGO, SHARE_EXPIRED));
        }

        private boolean crawler() {
            return isOneOf(CRAWLER, CRAWLER_NOT_ALLOWED);
        }

        private boolean isOneOf(PolicyCase... these) {
            return List.of(these).contains(this);
        }
    }

    /** A cell of the table: one expected decision. */
    record DecisionTableCell(Gate gate, HoldingCase holding, PolicyCase special, String answer) {
        @Override
        public String toString() {
            return gate + ", " + holding.label + ", " + special + ": " + answer;
        }
    }

    @ParameterizedTest
    @MethodSource("cells")
    void paywallDecidesAsTableSays(DecisionTableCell cell) {
        Catalog catalog = TestCatalogs.of(Map.of("source", cell.special.policy(cell.gate)));
        var article = catalog.articleByReference("source", "this")
                .withMetadata(null, cell.special.publishedAt().orElse(null));
        PaywallQuery query = new PaywallQuery(article, cell.special.country(), true, cell.special.bypasses());

        Ruling ruling = Paywall.rule(catalog, query, cell.holding.standing(), NOW);

        String decided = switch (ruling) {
            case Verdict verdict -> verdict.reason().name();
            case Ration _ -> "meter";
        };
        assertThat(decided).isEqualTo(cell.answer);
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
                .extracting(holding -> holding.entitlement.map(Entitlement::basis))
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
                    String cell = i < words.size() ? words.get(i) : "";
                    cells.add(new DecisionTableCell(
                            Gate.valueOf(head.getFirst()),
                            holding(words.getFirst()),
                            PolicyCase.valueOf(head.get(i)
                                    .toUpperCase(java.util.Locale.ROOT)
                                    .replace(' ', '_')),
                            cell.isEmpty() ? words.get(1) : cell));
                }
            }
        }
        return cells;
    }

    private static HoldingCase holding(String label) {
        return Arrays.stream(HoldingCase.values())
                .filter(holding -> holding.label.equals(label))
                .findAny()
                .orElseThrow(() -> new IllegalArgumentException("Unknown row \"" + label + "\""));
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
