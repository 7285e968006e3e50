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

/** The rules of one source: what held, holds and is going to hold. */
public final class SourceRules {
    private static final Comparator<Rule> PRECEDENCE = Comparator.comparingInt(
                    (Rule rule) -> rule.section().length())
            .thenComparing(Rule::from)
            .thenComparingInt(Rule::version)
            .reversed();

    private final List<Rule> rules;

    public SourceRules(List<Rule> rules) {
        this.rules = rules.stream().sorted(PRECEDENCE).toList();
    }

    /** For a section: the one with the longest prefix; of several, the one that began last. */
    public Rule effectiveRule(String section, Instant at) {
        for (Rule rule : rules) {
            if (rule.isEffectiveAt(at) && SectionPath.contains(rule.section(), section)) {
                return rule;
            }
        }
        // the first rule of a source holds since ever; only before that was there none
        return rules.getLast();
    }

    /** The next instant at which another rule may hold for a section; far away where none is planned. */
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

    /** What holds in the sections that have rules of their own. */
    public Map<String, Policy> sectionPolicies(Instant at) {
        Map<String, Policy> sections = new TreeMap<>();
        rules.stream()
                .map(Rule::section)
                .filter(section -> effectiveRule(section, at).section().equals(section) && !section.isEmpty())
                .forEach(section ->
                        sections.put(section, effectiveRule(section, at).policy()));
        return sections;
    }

    /** Every policy that holds anywhere in the source at some time of a half-open span, as far as is planned. */
    public Stream<Policy> policiesDuring(Instant from, Instant until) {
        Stream<Instant> changes = rules.stream()
                .flatMap(rule -> Stream.of(rule.from(), rule.effectiveUntil()))
                .filter(change -> change.isAfter(from) && change.isBefore(until));
        return Stream.concat(Stream.of(from), changes)
                .flatMap(at -> rules.stream().map(rule -> effectiveRule(rule.section(), at)))
                .distinct()
                .map(Rule::policy);
    }

    /** Those that a section has to do with, in the order in which they are asked. */
    public List<Rule> applicableTo(String section) {
        return rules.stream()
                .filter(rule -> SectionPath.contains(rule.section(), section))
                .toList();
    }

    /** In the order in which they were made. */
    public List<Rule> all() {
        return rules.stream().sorted(Comparator.comparingInt(Rule::version)).toList();
    }

    public Optional<Rule> version(int version) {
        return rules.stream().filter(rule -> rule.version() == version).findAny();
    }

    /** What the table of the sources said last. */
    public Policy tablePolicy() {
        return rules.stream()
                .filter(Rule::fromTable)
                .max(Comparator.comparingInt(Rule::version))
                .orElseThrow()
                .policy();
    }

    /** These, but in the sections of the drafts only the drafts, as if they had always held. */
    public SourceRules withDrafts(List<Rule> drafts) {
        Set<String> drafted = drafts.stream().map(Rule::section).collect(Collectors.toSet());
        Stream<Rule> others = rules.stream().filter(rule -> !drafted.contains(rule.section()));
        return new SourceRules(Stream.concat(others, drafts.stream()).toList());
    }

    /** Grows with every rule that is made or taken back. */
    public int revision() {
        return rules.size()
                + (int) rules.stream()
                        .filter(rule -> rule.withdrawnAt() != null)
                        .count();
    }

    /** How many beginnings and ends there have been. */
    public long changeCountUntil(Instant at) {
        return rules.stream()
                .flatMap(rule -> Stream.of(rule.from(), rule.effectiveUntil()))
                .filter(change -> !change.isAfter(at))
                .count();
    }
}
