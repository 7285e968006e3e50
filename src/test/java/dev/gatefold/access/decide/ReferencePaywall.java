package dev.gatefold.access.decide;

import dev.gatefold.catalog.model.CalendarWindow;
import dev.gatefold.catalog.rules.Gate;
import dev.gatefold.catalog.rules.Policy;
import dev.gatefold.catalog.rules.Rule;
import dev.gatefold.catalog.rules.Territories;
import dev.gatefold.entitlements.BillingStatus;
import dev.gatefold.entitlements.EntitlementBasis;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.IsoFields;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Second, naive implementation of the paywall, written from its documentation. It uses enums and values of the service, but
 * no code that decides.
 */
final class ReferencePaywall {
    /** A source with its rules, in the order of their versions. */
    record ReferenceSource(String slug, ZoneId zone, List<Rule> rules) {}

    /**
     * An entitlement.
     *
     * @param plan null if it covers one article
     * @param article null if it covers a plan
     * @param until null if it has no end
     */
    record ReferenceEntitlement(EntitlementBasis basis, String plan, String article, Instant from, Instant until) {}

    /**
     * A reader.
     *
     * @param holder owner of the meters; null for an anonymous reader
     * @param crawler true if the address is a crawler's and the reader is signed out
     */
    record ReferenceReader(
            String holder,
            boolean hasAccount,
            boolean crawler,
            List<ReferenceEntitlement> rights,
            BillingStatus billing) {}

    /** Why a reader without access is denied if a subscription continues that is not paid. */
    private static final Map<BillingStatus, String> DENIAL_BY_BILLING = Map.of(
            BillingStatus.CURRENT, "PAYMENT_FAILED",
            BillingStatus.PENDING, "PAYMENT_PENDING",
            BillingStatus.FIRST_INVOICE_OPEN, "PAYMENT_PENDING",
            BillingStatus.PAYMENT_IN_PROGRESS, "PAYMENT_PENDING",
            BillingStatus.OVERDUE, "PAYMENT_FAILED",
            BillingStatus.UNCOLLECTED, "PAYMENT_FAILED",
            BillingStatus.REVERSED, "PAYMENT_FAILED",
            BillingStatus.PAUSED, "PAUSED",
            BillingStatus.RESUMPTION_UNPAID, "PAUSED");

    /**
     * A query.
     *
     * @param source null if the URL belongs to no source
     * @param article key that is the same for every URL of the article
     * @param sentSection section sent by the caller; null if none
     * @param folder folder of the URL; empty if there is no URL
     * @param publishedAt null if unknown
     * @param country as sent by the gateway; null if none
     */
    record ReferenceArticle(
            String source, String article, String sentSection, String folder, Instant publishedAt, String country) {}

    /**
     * A decision.
     *
     * @param reasons usually one; several if two entitlements have the same end
     * @param period null, like the components after it, if no meter was read
     */
    record ReferenceDecision(
            Set<String> reasons, boolean granted, String period, Integer limit, Integer used, Instant resetsAt) {
        private static ReferenceDecision grant(String... reasons) {
            return new ReferenceDecision(new TreeSet<>(List.of(reasons)), true, null, null, null, null);
        }

        private static ReferenceDecision deny(String... reasons) {
            return new ReferenceDecision(new TreeSet<>(List.of(reasons)), false, null, null, null, null);
        }
    }

    private final Map<String, ReferenceSource> titles = new HashMap<>();
    private final Map<String, Set<String>> plans = new HashMap<>();
    private final Map<String, Set<String>> meters = new HashMap<>();

    void addSource(ReferenceSource title) {
        titles.put(title.slug(), title);
    }

    /** @param covers sources of the plan; null if it covers all */
    void addSource(String plan, Set<String> covers) {
        plans.put(plan, covers);
    }

    ReferenceDecision decide(ReferenceReader reader, ReferenceArticle article, Instant t) {
        if (article.source() == null) {
            return ReferenceDecision.deny("SOURCE_UNKNOWN");
        }
        Policy policy = policyFor(article, t);
        if (!isAllowedInTerritory(article.country(), policy.territories())) {
            return ReferenceDecision.deny("TERRITORY");
        }
        boolean embargoed = policy.embargoHours() != null
                && article.publishedAt() != null
                && t.isBefore(article.publishedAt().plus(Duration.ofHours(policy.embargoHours())));
        boolean archived = policy.archiveDays() != null
                && article.publishedAt() != null
                && !t.isBefore(article.publishedAt().plus(Duration.ofHours(24L * policy.archiveDays())));
        boolean meterForbidden = policy.meterAllowed() != null && !policy.meterAllowed();
        boolean forMembers = policy.gate() == Gate.MEMBERS || embargoed || archived || meterForbidden;

        if (!forMembers && policy.gate() == Gate.OPEN) {
            return ReferenceDecision.grant("OPEN");
        }
        if (!forMembers && policy.gate() == Gate.REGISTERED) {
            if (reader.hasAccount()) {
                return ReferenceDecision.grant("REGISTERED");
            }
            return admitsCrawler(policy, reader)
                    ? ReferenceDecision.grant("CRAWLER")
                    : ReferenceDecision.deny("SIGN_UP_REQUIRED");
        }
        String[] byRight = basesOf(lastToEnd(entitlementsThatOpen(reader, article, policy, t)));
        if (byRight.length > 0) {
            return ReferenceDecision.grant(byRight);
        }
        if (admitsCrawler(policy, reader)) {
            return ReferenceDecision.grant("CRAWLER");
        }
        if (!forMembers) {
            return decideByMeter(reader, article, policy, t);
        }
        if (embargoed) {
            return ReferenceDecision.deny("EMBARGOED");
        }
        return ReferenceDecision.deny(denialReasons(reader, t));
    }

    private static boolean admitsCrawler(Policy policy, ReferenceReader reader) {
        return reader.crawler() && policy.crawlers() != null && policy.crawlers();
    }

    /** Records a read in the meter if it decided. Returns true if the article was not in the meter before. */
    boolean isOpen(ReferenceReader reader, ReferenceArticle article, Instant t) {
        ReferenceDecision answer = decide(reader, article, t);
        if (!answer.reasons().contains("METERED")) {
            return false;
        }
        return meters.computeIfAbsent(meterKey(reader, article, answer.period()), _ -> new HashSet<>())
                .add(article.article());
    }

    Policy policyFor(ReferenceArticle article, Instant t) {
        String section = article.sentSection() == null
                ? normalizeSection(article.folder())
                : normalizeSection(article.sentSection());
        Rule best = null;
        for (Rule rule : titles.get(article.source()).rules()) {
            if (isEffective(rule, t)
                    && containsSection(rule.section(), section)
                    && (best == null || takesPrecedence(rule, best))) {
                best = rule;
            }
        }
        return best.policy();
    }

    private static String normalizeSection(String section) {
        String tidy = section.toLowerCase(Locale.ROOT);
        while (tidy.startsWith("/")) {
            tidy = tidy.substring(1);
        }
        while (tidy.endsWith("/")) {
            tidy = tidy.substring(0, tidy.length() - 1);
        }
        return tidy;
    }

    private static boolean isEffective(Rule rule, Instant t) {
        if (t.isBefore(rule.from())) {
            return false;
        }
        if (rule.until() != null && !t.isBefore(rule.until())) {
            return false;
        }
        return rule.withdrawnAt() == null || t.isBefore(rule.withdrawnAt());
    }

    private static boolean containsSection(String section, String articles) {
        return section.isEmpty() || articles.equals(section) || articles.startsWith(section + "/");
    }

    private static boolean takesPrecedence(Rule one, Rule other) {
        if (one.section().length() != other.section().length()) {
            return one.section().length() > other.section().length();
        }
        if (!one.from().equals(other.from())) {
            return one.from().isAfter(other.from());
        }
        return one.version() > other.version();
    }

    private static boolean isAllowedInTerritory(String sentCountry, Territories territories) {
        if (territories == null) {
            return true;
        }
        String country = null;
        for (String code : Locale.getISOCountries()) {
            if (sentCountry != null && code.equalsIgnoreCase(sentCountry)) {
                country = code.toLowerCase(Locale.ROOT);
            }
        }
        if (territories.allowed() != null) {
            return country != null && territories.allowed().contains(country);
        }
        return country == null || !territories.blocked().contains(country);
    }

    private List<ReferenceEntitlement> entitlementsThatOpen(
            ReferenceReader reader, ReferenceArticle article, Policy policy, Instant t) {
        List<ReferenceEntitlement> opening = new ArrayList<>();
        for (ReferenceEntitlement right : reader.rights()) {
            boolean inTrials = policy.inTrials() == null || policy.inTrials();
            if (isActive(right, t) && covers(right, article) && (right.basis() != EntitlementBasis.TRIAL || inTrials)) {
                opening.add(right);
            }
        }
        return opening;
    }

    private boolean covers(ReferenceEntitlement right, ReferenceArticle article) {
        if (right.plan() == null) {
            return right.article().equals(article.article());
        }
        Set<String> covered = plans.get(right.plan());
        return covered == null || covered.contains(article.source());
    }

    private static boolean isActive(ReferenceEntitlement right, Instant t) {
        return !t.isBefore(right.from()) && !hasEnded(right, t);
    }

    private static boolean hasEnded(ReferenceEntitlement right, Instant t) {
        return right.until() != null && !t.isBefore(right.until());
    }

    /** Returns the entitlements with the latest end; several if they end at the same time. */
    private static List<ReferenceEntitlement> lastToEnd(List<ReferenceEntitlement> rights) {
        List<ReferenceEntitlement> latest = new ArrayList<>();
        for (ReferenceEntitlement right : rights) {
            boolean last = true;
            for (ReferenceEntitlement other : rights) {
                boolean otherIsLater = right.until() != null
                        && (other.until() == null || other.until().isAfter(right.until()));
                last = last && !otherIsLater;
            }
            if (last) {
                latest.add(right);
            }
        }
        return latest;
    }

    private static String[] basesOf(List<ReferenceEntitlement> rights) {
        Set<String> bases = new TreeSet<>();
        for (ReferenceEntitlement right : rights) {
            bases.add(right.basis().name());
        }
        return bases.toArray(String[]::new);
    }

    private ReferenceDecision decideByMeter(
            ReferenceReader reader, ReferenceArticle article, Policy policy, Instant t) {
        ZoneId zone = titles.get(article.source()).zone();
        String period = period(policy.window(), LocalDate.ofInstant(t, zone));
        Set<String> read = meters.getOrDefault(meterKey(reader, article, period), Set.of());
        boolean granted = read.contains(article.article()) || read.size() < policy.allowance();
        return new ReferenceDecision(
                Set.of(granted ? "METERED" : "METER_EXHAUSTED"),
                granted,
                period,
                policy.allowance(),
                read.size(),
                resetsAt(policy.window(), zone, t));
    }

    private static String meterKey(ReferenceReader reader, ReferenceArticle article, String period) {
        return reader.holder() + " " + article.source() + " " + period;
    }

    private static String period(CalendarWindow window, LocalDate day) {
        return switch (window) {
            case DAY -> day.toString();
            case WEEK ->
                String.format(
                        Locale.ROOT,
                        "%d-W%02d",
                        day.get(IsoFields.WEEK_BASED_YEAR),
                        day.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR));
            case MONTH -> day.toString().substring(0, 7);
        };
    }

    static Instant resetsAt(CalendarWindow window, ZoneId zone, Instant t) {
        LocalDate today = LocalDate.ofInstant(t, zone);
        LocalDate day = today;
        while (period(window, day).equals(period(window, today))) {
            day = day.plusDays(1);
        }
        return day.atStartOfDay(zone).toInstant();
    }

    private static String[] denialReasons(ReferenceReader reader, Instant t) {
        if (!reader.hasAccount()) {
            return new String[] {"SIGN_UP_REQUIRED"};
        }
        List<ReferenceEntitlement> ended = new ArrayList<>();
        for (ReferenceEntitlement right : reader.rights()) {
            if (right.basis() != EntitlementBasis.PURCHASED && isActive(right, t)) {
                return new String[] {"NOT_IN_PLAN"};
            }
            if (right.basis() != EntitlementBasis.PURCHASED && hasEnded(right, t)) {
                ended.add(right);
            }
        }
        if (DENIAL_BY_BILLING.containsKey(reader.billing())) {
            return new String[] {DENIAL_BY_BILLING.get(reader.billing())};
        }
        if (ended.isEmpty()) {
            return new String[] {"MEMBERSHIP_REQUIRED"};
        }
        return Arrays.stream(basesOf(lastToEnd(ended)))
                .map(basis -> basis.equals("TRIAL") ? "TRIAL_ENDED" : "MEMBERSHIP_ENDED")
                .toArray(String[]::new);
    }
}
