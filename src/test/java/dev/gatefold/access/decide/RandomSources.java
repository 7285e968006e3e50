package dev.gatefold.access.decide;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatefold.access.decide.ReferencePaywall.ReferenceSource;
import dev.gatefold.catalog.rules.Policy;
import dev.gatefold.catalog.rules.Rule;
import dev.gatefold.catalog.rules.RuleDraft;
import dev.gatefold.catalog.rules.Territories;
import dev.gatefold.testing.StoppableClock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** Random sources, rules and plans, created over HTTP; keeps what was created for {@link ReferencePaywall}. */
final class RandomSources {
    /** Length of the time in which rules are made, in hours. */
    private static final int MAKING = 4 * 24;

    private static final List<ZoneId> ZONES = List.of(
            ZoneOffset.UTC,
            ZoneId.of("Europe/Vienna"),
            ZoneId.of("America/New_York"),
            ZoneId.of("Asia/Tokyo"),
            ZoneId.of("Asia/Kathmandu"),
            ZoneId.of("America/St_Johns"),
            ZoneId.of("Australia/Lord_Howe"),
            ZoneId.of("Pacific/Kiritimati"),
            ZoneId.of("America/Santiago"));

    private final SeededRandom dice;
    private final RandomPolicies policies;
    private final StoppableClock clock;
    private final String run = UUID.randomUUID().toString().substring(0, 8);
    private final Map<String, Policy> listed = new LinkedHashMap<>();
    private final Map<String, List<Rule>> rules = new LinkedHashMap<>();
    private final Map<String, ZoneId> zones = new HashMap<>();
    private final Map<String, Set<String>> sold = new LinkedHashMap<>();
    private final String retiredSlug;

    /** Creates sources and rules. Leaves the clock stopped at the end of that time. */
    RandomSources(SeededRandom dice, StoppableClock clock, Instant begins) {
        this.dice = dice;
        this.policies = new RandomPolicies(dice);
        this.clock = clock;
        clock.stopAt(begins);
        for (ZoneId zone : ZONES) {
            String slug = "title-" + zones.size() + "-" + run;
            listed.put(slug, policies.any(true));
            zones.put(slug, zone);
        }
        putSources();
        listed.forEach((slug, policy) -> rules.put(slug, new ArrayList<>(List.of(initialRule(policy)))));
        for (int hour = 0; hour < MAKING; hour += 1 + dice.below(4)) {
            clock.stopAt(begins.plus(Duration.ofHours(hour)));
            switch (dice.below(12)) {
                case 0 -> updateSourceTable();
                case 1, 2, 3 -> withdrawRule(dice.pick(slugs()));
                default -> createRule(dice.pick(slugs()));
            }
        }
        rules.forEach(RandomSources::compareRules);
        createPlans();
        retiredSlug = slugs().getLast();
        listed.remove(retiredSlug);
        putSources();
    }

    /** Returns the sources that are not retired. */
    List<String> slugs() {
        return List.copyOf(listed.keySet());
    }

    String retiredSlug() {
        return retiredSlug;
    }

    /** Returns the source that owns a folder on a host: the first source lends one to the second. */
    String ownerOf(String slug, String folder) {
        return slug.equals(articleSharingSource()) && folder.equals("/sport/") ? articleUsingSource() : slug;
    }

    private String articleSharingSource() {
        return "title-0-" + run;
    }

    private String articleUsingSource() {
        return "title-1-" + run;
    }

    List<Rule> rules(String slug) {
        return rules.get(slug);
    }

    ZoneId zone(String slug) {
        return zones.get(slug);
    }

    List<String> plans() {
        return List.copyOf(sold.keySet());
    }

    void describeTo(ReferencePaywall paywall) {
        rules.forEach((slug, made) -> paywall.addSource(new ReferenceSource(slug, zones.get(slug), made)));
        sold.forEach(paywall::addSource);
    }

    private void putSources() {
        CatalogAdminClient.importTable(
                "sources",
                listed.keySet().stream()
                        .map(this::sourceRow)
                        .collect(Collectors.joining(
                                "\n",
                                "slug\tname\thosts\tzone\tgate\tallowance\twindow\tembargo_hours\tarchive_days"
                                        + "\tterritories\tin_trials\tlead_in\tcrawlers\n",
                                "\n")));
    }

    private String sourceRow(String slug) {
        Policy policy = listed.get(slug);
        ZoneId zone = zones.get(slug);
        String host = slug + ".example";
        return CatalogAdminClient.tsvRow(
                slug,
                slug,
                slug.equals(articleUsingSource()) ? host + " " + articleSharingSource() + ".example/sport" : host,
                zone.equals(ZoneOffset.UTC) ? null : zone,
                policy.gate(),
                policy.allowance(),
                policy.window(),
                policy.embargoHours(),
                policy.archiveDays(),
                territoriesCell(policy.territories()),
                policy.inTrials() == null ? null : "no",
                policy.leadIn(),
                policy.crawlers() == null ? null : "yes");
    }

    private static String territoriesCell(Territories territories) {
        if (territories == null) {
            return null;
        }
        return territories.allowed() == null
                ? "not " + String.join(" ", territories.blocked())
                : "only " + String.join(" ", territories.allowed());
    }

    private static Rule initialRule(Policy policy) {
        return new Rule(1, "", Instant.EPOCH, null, policy, true, Instant.EPOCH, null, null);
    }

    private void updateSourceTable() {
        Instant now = clock.instant();
        for (String slug : List.copyOf(listed.keySet())) {
            Policy policy = policies.any(true);
            if (dice.oneIn(3) && !policy.equals(listed.get(slug))) {
                listed.put(slug, policy);
                List<Rule> made = rules.get(slug);
                made.add(new Rule(made.size() + 1, "", now, null, policy, true, now, null, null));
            }
        }
        putSources();
    }

    private void createRule(String slug) {
        Instant now = clock.instant();
        Instant from = dice.oneIn(3) ? null : now.plus(Duration.ofHours(dice.below(24) * (long) dice.below(24)));
        Instant begin = from == null ? now : from;
        Instant until = dice.oneIn(3) ? null : begin.plus(Duration.ofHours(1 + dice.below(24 * 10)));
        if (until != null && dice.oneIn(4)) {
            until = until.plusMillis(dice.below(1000));
        }
        String section = dice.pick(RandomArticles.SECTIONS);
        Policy policy = policies.any(false);
        List<Rule> made = rules.get(slug);
        CatalogAdminClient.request()
                .header("If-Match", ruleListTag(slug))
                .body(new RuleDraft(
                        section.isEmpty() ? null : RandomArticles.writtenVariant(section, dice),
                        from,
                        until,
                        policy,
                        null))
                .post("/admin/v1/sources/" + slug + "/rules")
                .then()
                .statusCode(201);
        made.add(new Rule(made.size() + 1, section, begin, until, policy, false, now, null, null));
    }

    private void withdrawRule(String slug) {
        Instant now = clock.instant();
        List<Rule> made = rules.get(slug);
        List<Rule> possible = new ArrayList<>();
        for (Rule rule : made) {
            boolean ended = rule.until() != null && !now.isBefore(rule.until());
            if (!rule.fromTable() && rule.withdrawnAt() == null && !ended) {
                possible.add(rule);
            }
        }
        if (possible.isEmpty()) {
            return;
        }
        Rule rule = dice.pick(possible);
        CatalogAdminClient.request()
                .header("If-Match", ruleListTag(slug))
                .delete("/admin/v1/sources/" + slug + "/rules/" + rule.version())
                .then()
                .statusCode(204);
        made.set(
                rule.version() - 1,
                new Rule(
                        rule.version(),
                        rule.section(),
                        rule.from(),
                        rule.until(),
                        rule.policy(),
                        false,
                        rule.decidedAt(),
                        now,
                        null));
    }

    private static String ruleListTag(String slug) {
        return CatalogAdminClient.request()
                .get("/admin/v1/sources/" + slug + "/rules")
                .then()
                .statusCode(200)
                .extract()
                .header("ETag");
    }

    /** Asserts that the service has the same rules as the reference implementation. */
    private static void compareRules(String slug, List<Rule> made) {
        JsonNode items = ResponseJson.parse(CatalogAdminClient.request()
                        .get("/admin/v1/sources/" + slug + "/rules")
                        .asByteArray())
                .path("items");
        List<String> there = new ArrayList<>();
        items.forEach(item -> there.add(CatalogAdminClient.tsvRow(
                item.path("version").asInt(),
                item.path("section").asText(),
                ResponseJson.instantOrNull(item.path("from")),
                ResponseJson.instantOrNull(item.path("until")),
                ResponseJson.instantOrNull(item.path("withdrawnAt")),
                item.path("policy").path("gate").asText())));
        assertThat(there)
                .isEqualTo(made.stream()
                        .map(rule -> CatalogAdminClient.tsvRow(
                                rule.version(),
                                rule.section(),
                                rule.from(),
                                rule.until(),
                                rule.withdrawnAt(),
                                rule.policy().gate()))
                        .toList());
    }

    /** Creates one plan for all sources, two for some, and one for some that is no longer sold. */
    private void createPlans() {
        Map<String, Set<String>> plans = new LinkedHashMap<>();
        plans.put("all-" + run, null);
        for (String slug : List.of("few-", "other-", "retired-")) {
            plans.put(slug + run, new HashSet<>(List.of(dice.pick(slugs()), dice.pick(slugs()), dice.pick(slugs()))));
        }
        putPlans(plans);
        plans.forEach(sold::put);
        plans.remove("retired-" + run);
        putPlans(plans);
    }

    private static void putPlans(Map<String, Set<String>> plans) {
        CatalogAdminClient.importTable(
                "plans",
                plans.entrySet().stream()
                        .map(plan -> CatalogAdminClient.tsvRow(
                                plan.getKey(),
                                plan.getKey(),
                                plan.getValue() == null ? 14 : 0,
                                plan.getValue() == null ? "*" : String.join(" ", plan.getValue()),
                                "999 usd"))
                        .collect(Collectors.joining("\n", "slug\tname\ttrial_days\tcovers\tmonthly\n", "\n")));
    }

    List<Instant> ruleBoundaries(String slug) {
        List<Instant> edges = new ArrayList<>();
        for (Rule rule : rules.get(slug)) {
            edges.add(rule.from());
            if (rule.until() != null) {
                edges.add(rule.until());
            }
            if (rule.withdrawnAt() != null) {
                edges.add(rule.withdrawnAt());
            }
        }
        return edges;
    }
}
