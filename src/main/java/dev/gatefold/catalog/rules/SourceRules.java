package dev.gatefold.catalog.rules;

import dev.gatefold.catalog.model.SectionPath;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** All rules of one source: past, effective, planned and withdrawn. Immutable. */
public final class SourceRules {
    private static final Comparator<Rule> PRECEDENCE = Comparator.comparingInt(
                    (Rule rule) -> rule.section().length())
            .thenComparing(Rule::from)
            .thenComparingInt(Rule::version)
            .reversed();

    private final List<Rule> rules;

    /**
     * Creates the rules of a source.
     *
     * @param rules in any order; one of them must be effective for the whole source since {@link Instant#EPOCH}
     */
    public SourceRules(List<Rule> rules) {
        this.rules = rules.stream().sorted(PRECEDENCE).toList();
    }

    /**
     * Returns the rule that applies to a section: of the rules that are effective, those of the innermost section that
     * contains it; of several, the one that began last.
     */
    public Rule effectiveRule(String section, Instant at) {
        for (Rule rule : rules) {
            if (rule.isEffectiveAt(at) && SectionPath.contains(rule.section(), section)) {
                return rule;
            }
        }
        // only before the epoch, when the first rule begins
        return rules.getLast();
    }

    /**
     * Returns the next instant after {@code at} at which another rule may apply to a section; {@link Instant#MAX} if no
     * rule begins or ends.
     */
    public Instant nextChange(String section, Instant at) {
        Instant next = Instant.MAX;
        for (Rule rule : rules) {
            if (SectionPath.contains(rule.section(), section)) {
                next = earlier(next, rule.from(), at);
                next = earlier(next, rule.effectiveUntil(), at);
            }
        }
        return next;
    }

    private static Instant earlier(Instant next, Instant change, Instant at) {
        return change.isAfter(at) && change.isBefore(next) ? change : next;
    }

    /** Returns the effective policies of the sections that have rules of their own, by section path. */
    public Map<String, Policy> sectionPolicies(Instant at) {
        Map<String, Policy> policies = new TreeMap<>();
        rules.stream()
                .map(Rule::section)
                .filter(section -> effectiveRule(section, at).section().equals(section) && !section.isEmpty())
                .forEach(section ->
                        policies.put(section, effectiveRule(section, at).policy()));
        return policies;
    }

    /** Returns the policies that are effective for any section at any time in {@code [from, until)}, as planned now. */
    public Stream<Policy> policiesDuring(Instant from, Instant until) {
        Stream<Instant> changes = rules.stream()
                .flatMap(rule -> Stream.of(rule.from(), rule.effectiveUntil()))
                .filter(change -> change.isAfter(from) && change.isBefore(until));
        return Stream.concat(Stream.of(from), changes)
                .flatMap(at -> rules.stream().map(rule -> effectiveRule(rule.section(), at)))
                .distinct()
                .map(Rule::policy);
    }

    /** Returns the rules of the sections that contain a section, whenever effective, in order of precedence. */
    public List<Rule> applicableTo(String section) {
        return rules.stream()
                .filter(rule -> SectionPath.contains(rule.section(), section))
                .toList();
    }

    /** Returns all rules by version. */
    public List<Rule> all() {
        return rules.stream().sorted(Comparator.comparingInt(Rule::version)).toList();
    }

    /** Returns the rule with this version; empty if there is none. */
    public Optional<Rule> version(int version) {
        return rules.stream().filter(rule -> rule.version() == version).findAny();
    }

    /** Returns the policy of the latest import of sources. */
    public Policy tablePolicy() {
        return rules.stream()
                .filter(Rule::fromTable)
                .max(Comparator.comparingInt(Rule::version))
                .orElseThrow()
                .policy();
    }

    /** Returns these rules with all rules of the sections of the drafts replaced by the drafts. */
    public SourceRules withDrafts(List<Rule> drafts) {
        Set<String> sections = drafts.stream().map(Rule::section).collect(Collectors.toSet());
        Stream<Rule> others = rules.stream().filter(rule -> !sections.contains(rule.section()));
        return new SourceRules(Stream.concat(others, drafts.stream()).toList());
    }

    /** Returns a number that increases with every creation and withdrawal of a rule. */
    public int revision() {
        return rules.size()
                + (int) rules.stream()
                        .filter(rule -> rule.withdrawnAt() != null)
                        .count();
    }

    /** Returns how many starts and ends of rules there are until the instant, inclusive. */
    public long changeCountUntil(Instant at) {
        return rules.stream()
                .flatMap(rule -> Stream.of(rule.from(), rule.effectiveUntil()))
                .filter(change -> !change.isAfter(at))
                .count();
    }
}
