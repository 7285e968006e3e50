package dev.gatefold.access;

import dev.gatefold.catalog.Gate;
import dev.gatefold.catalog.Policy;
import dev.gatefold.catalog.Rule;
import dev.gatefold.catalog.Territories;
import dev.gatefold.catalog.Window;
import dev.gatefold.entitlements.Basis;
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
 * The law of the wall a second time, from its words and in plain loops. Of the service's own it knows the names and the
 * numbers, and calls nothing that decides.
 */
final class NaiveLaw {
    /** A source with its rules, in the order in which they were made. */
    record Title(String slug, ZoneId zone, List<Rule> rules) {}

    /**
     * A right.
     *
     * @param plan null where it is to one article
     * @param article null where it is to a plan
     * @param until null where it has no end
     */
    record Held(Basis basis, String plan, String article, Instant from, Instant until) {}

    /**
     * Whoever asks.
     *
     * @param holder whose meters are asked; null where nobody's are
     * @param crawler whether the address is a search engine's, and nobody is signed in
     */
    record Asker(String holder, boolean hasAccount, boolean crawler, List<Held> rights) {}

    /**
     * A question.
     *
     * @param source null where the address is nobody's
     * @param article the same for every address of the article
     * @param said the section that the caller names; null where none is named
     * @param folder the folder of the address; empty where there is no address
     * @param publishedAt null where nobody says
     * @param country what the gateway says; null where it says nothing
     */
    record Asked(String source, String article, String said, String folder, Instant publishedAt, String country) {}

    /**
     * An answer.
     *
     * @param reasons usually one; several where two rights are equally good, and either may be named
     * @param period null, as are the next, where no meter was asked
     */
    record Answer(Set<String> reasons, boolean granted, String period, Integer limit, Integer used, Instant resetsAt) {
        private static Answer yes(String... reasons) {
            return new Answer(new TreeSet<>(List.of(reasons)), true, null, null, null, null);
        }

        private static Answer no(String... reasons) {
            return new Answer(new TreeSet<>(List.of(reasons)), false, null, null, null, null);
        }
    }

    private final Map<String, Title> titles = new HashMap<>();
    private final Map<String, Set<String>> plans = new HashMap<>();
    private final Map<String, Set<String>> meters = new HashMap<>();

    void know(Title title) {
        titles.put(title.slug(), title);
    }

    /** A plan, sold still or not; null for {@code covers} where it covers all. */
    void know(String plan, Set<String> covers) {
        plans.put(plan, covers);
    }

    Answer answer(Asker asker, Asked asked, Instant t) {
        if (asked.source() == null) {
            return Answer.no("SOURCE_UNKNOWN");
        }
        Policy policy = policyFor(asked, t);
        if (!mayBeReadIn(asked.country(), policy.territories())) {
            return Answer.no("TERRITORY");
        }
        boolean embargoed = policy.embargoHours() != null
                && asked.publishedAt() != null
                && t.isBefore(asked.publishedAt().plus(Duration.ofHours(policy.embargoHours())));
        boolean archived = policy.archiveDays() != null
                && asked.publishedAt() != null
                && !t.isBefore(asked.publishedAt().plus(Duration.ofHours(24L * policy.archiveDays())));
        boolean meterForbidden = policy.meterAllowed() != null && !policy.meterAllowed();
        boolean forMembers = policy.gate() == Gate.MEMBERS || embargoed || archived || meterForbidden;

        if (!forMembers && policy.gate() == Gate.OPEN) {
            return Answer.yes("OPEN");
        }
        if (!forMembers && policy.gate() == Gate.REGISTERED) {
            if (asker.hasAccount()) {
                return Answer.yes("REGISTERED");
            }
            return letsIn(policy, asker) ? Answer.yes("CRAWLER") : Answer.no("SIGN_UP_REQUIRED");
        }
        String[] byRight = basesOf(latest(opening(asker, asked, policy, t)));
        if (byRight.length > 0) {
            return Answer.yes(byRight);
        }
        if (letsIn(policy, asker)) {
            return Answer.yes("CRAWLER");
        }
        if (!forMembers) {
            return byMeter(asker, asked, policy, t);
        }
        if (embargoed) {
            return Answer.no("EMBARGOED");
        }
        return Answer.no(lack(asker, t));
    }

    private static boolean letsIn(Policy policy, Asker asker) {
        return asker.crawler() && policy.crawlers() != null && policy.crawlers();
    }

    /** What a read does: a metered one that is granted is remembered. True where it was not in the set before. */
    boolean open(Asker asker, Asked asked, Instant t) {
        Answer answer = answer(asker, asked, t);
        if (!answer.reasons().contains("METERED")) {
            return false;
        }
        return meters.computeIfAbsent(meter(asker, asked, answer.period()), _ -> new HashSet<>())
                .add(asked.article());
    }

    Policy policyFor(Asked asked, Instant t) {
        String section = asked.said() == null ? tidy(asked.folder()) : tidy(asked.said());
        Rule best = null;
        for (Rule rule : titles.get(asked.source()).rules()) {
            if (inForce(rule, t) && concerns(rule.section(), section) && (best == null || beats(rule, best))) {
                best = rule;
            }
        }
        return best.policy();
    }

    private static String tidy(String section) {
        String tidy = section.toLowerCase(Locale.ROOT);
        while (tidy.startsWith("/")) {
            tidy = tidy.substring(1);
        }
        while (tidy.endsWith("/")) {
            tidy = tidy.substring(0, tidy.length() - 1);
        }
        return tidy;
    }

    private static boolean inForce(Rule rule, Instant t) {
        if (t.isBefore(rule.from())) {
            return false;
        }
        if (rule.until() != null && !t.isBefore(rule.until())) {
            return false;
        }
        return rule.withdrawnAt() == null || t.isBefore(rule.withdrawnAt());
    }

    private static boolean concerns(String section, String articles) {
        return section.isEmpty() || articles.equals(section) || articles.startsWith(section + "/");
    }

    private static boolean beats(Rule one, Rule other) {
        if (one.section().length() != other.section().length()) {
            return one.section().length() > other.section().length();
        }
        if (!one.from().equals(other.from())) {
            return one.from().isAfter(other.from());
        }
        return one.version() > other.version();
    }

    private static boolean mayBeReadIn(String said, Territories territories) {
        if (territories == null) {
            return true;
        }
        String country = null;
        for (String code : Locale.getISOCountries()) {
            if (said != null && code.equalsIgnoreCase(said)) {
                country = code.toLowerCase(Locale.ROOT);
            }
        }
        if (territories.allowed() != null) {
            return country != null && territories.allowed().contains(country);
        }
        return country == null || !territories.blocked().contains(country);
    }

    private List<Held> opening(Asker asker, Asked asked, Policy policy, Instant t) {
        List<Held> opening = new ArrayList<>();
        for (Held right : asker.rights()) {
            boolean inTrials = policy.inTrials() == null || policy.inTrials();
            if (isLive(right, t) && covers(right, asked) && (right.basis() != Basis.TRIAL || inTrials)) {
                opening.add(right);
            }
        }
        return opening;
    }

    private boolean covers(Held right, Asked asked) {
        if (right.plan() == null) {
            return right.article().equals(asked.article());
        }
        Set<String> covered = plans.get(right.plan());
        return covered == null || covered.contains(asked.source());
    }

    private static boolean isLive(Held right, Instant t) {
        return !t.isBefore(right.from()) && !hasEnded(right, t);
    }

    private static boolean hasEnded(Held right, Instant t) {
        return right.until() != null && !t.isBefore(right.until());
    }

    /** Of these the one with the latest end; several where they end at the same time. */
    private static List<Held> latest(List<Held> rights) {
        List<Held> latest = new ArrayList<>();
        for (Held right : rights) {
            boolean last = true;
            for (Held other : rights) {
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

    private static String[] basesOf(List<Held> rights) {
        Set<String> bases = new TreeSet<>();
        for (Held right : rights) {
            bases.add(right.basis().name());
        }
        return bases.toArray(String[]::new);
    }

    private Answer byMeter(Asker asker, Asked asked, Policy policy, Instant t) {
        ZoneId zone = titles.get(asked.source()).zone();
        String period = period(policy.window(), LocalDate.ofInstant(t, zone));
        Set<String> read = meters.getOrDefault(meter(asker, asked, period), Set.of());
        boolean granted = read.contains(asked.article()) || read.size() < policy.allowance();
        return new Answer(
                Set.of(granted ? "METERED" : "METER_EXHAUSTED"),
                granted,
                period,
                policy.allowance(),
                read.size(),
                resetsAt(policy.window(), zone, t));
    }

    private static String meter(Asker asker, Asked asked, String period) {
        return asker.holder() + " " + asked.source() + " " + period;
    }

    private static String period(Window window, LocalDate day) {
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

    static Instant resetsAt(Window window, ZoneId zone, Instant t) {
        LocalDate today = LocalDate.ofInstant(t, zone);
        LocalDate day = today;
        while (period(window, day).equals(period(window, today))) {
            day = day.plusDays(1);
        }
        return day.atStartOfDay(zone).toInstant();
    }

    private static String[] lack(Asker asker, Instant t) {
        if (!asker.hasAccount()) {
            return new String[] {"SIGN_UP_REQUIRED"};
        }
        List<Held> ended = new ArrayList<>();
        boolean owes = false;
        for (Held right : asker.rights()) {
            if (right.basis() != Basis.PURCHASED && isLive(right, t)) {
                return new String[] {"NOT_IN_PLAN"};
            }
            if (right.basis() != Basis.PURCHASED && hasEnded(right, t)) {
                ended.add(right);
            }
            owes = owes || (right.basis() == Basis.GRACE && hasEnded(right, t));
        }
        if (owes) {
            return new String[] {"PAYMENT_FAILED"};
        }
        if (ended.isEmpty()) {
            return new String[] {"MEMBERSHIP_REQUIRED"};
        }
        return Arrays.stream(basesOf(latest(ended)))
                .map(basis -> basis.equals("TRIAL") ? "TRIAL_ENDED" : "MEMBERSHIP_ENDED")
                .toArray(String[]::new);
    }
}
