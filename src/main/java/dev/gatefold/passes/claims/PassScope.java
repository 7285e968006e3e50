package dev.gatefold.passes.claims;

import static java.util.Comparator.comparing;

import com.google.common.collect.Sets;
import dev.gatefold.entitlements.EntitlementBasis;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * The rights that a pass lists. The reader may open a source if one of the rights covers it and it is not excluded.
 *
 * @param rights in the order of the claim
 * @param excludedSources slugs of sources for which the verifier calls the API, whatever the rights cover
 */
public record PassScope(List<PassRight> rights, Set<String> excludedSources) {
    private record BasisAndEnd(EntitlementBasis basis, Instant end) {}

    public PassScope {
        rights = List.copyOf(rights);
        excludedSources = Set.copyOf(excludedSources);
    }

    public boolean isEmpty() {
        return rights.isEmpty();
    }

    /** Returns the end of the right that ends last, or {@link Instant#MIN} if there are no rights. */
    Instant end() {
        return rights.stream().map(PassRight::end).max(Instant::compareTo).orElse(Instant.MIN);
    }

    PassScope paidOnly() {
        return withRights(rights.stream().filter(right -> !right.isUnpaid()).toList());
    }

    /** Returns this scope with every unpaid right ending at {@code latest} or earlier. */
    public PassScope withUnpaidEndingBy(Instant latest) {
        UnaryOperator<PassRight> shorten =
                right -> right.isUnpaid() && right.end().isAfter(latest) ? right.withEnd(latest) : right;
        return withRights(rights.stream().map(shorten).toList());
    }

    /**
     * Returns the shortest equivalent scope. Each source is listed only with the right that lasts longest, which is the
     * one that decides on access. Rights with the same basis and end are merged. A right to all sources comes first, then
     * the others by descending end.
     */
    PassScope simplified() {
        List<PassRight> longestFirst = rights.stream()
                .sorted(comparing(PassRight::end).reversed().thenComparing(right -> !right.coversAllSources()))
                .toList();
        Map<BasisAndEnd, PassRight> merged = new LinkedHashMap<>();
        Set<String> listed = new HashSet<>(excludedSources);
        for (PassRight right : longestFirst) {
            BasisAndEnd key = new BasisAndEnd(right.basis(), right.end());
            if (right.coversAllSources()) {
                merged.put(key, right);
                break;
            }
            Set<String> unlisted = new TreeSet<>(Sets.difference(right.sources().get(), listed));
            if (!unlisted.isEmpty()) {
                merged.merge(key, right.withSources(unlisted), PassScope::union);
                listed.addAll(unlisted);
            }
        }
        return withRights(merged.values().stream()
                .sorted(comparing(right -> !right.coversAllSources()))
                .toList());
    }

    private static PassRight union(PassRight one, PassRight other) {
        return one.withSources(
                new TreeSet<>(Sets.union(one.sources().get(), other.sources().get())));
    }

    /**
     * Returns the scope with at most {@code entries} entries, dropping from its end. An entry is a source of a right, or a
     * right to all sources.
     */
    PassScope limitedTo(int entries) {
        List<PassRight> limited = new ArrayList<>();
        int left = entries;
        for (PassRight right : rights) {
            if (left > 0) {
                limited.add(
                        right.coversAllSources()
                                ? right
                                : right.withSources(firstOf(right.sources().get(), left)));
                left -= right.sources().map(Collection::size).orElse(1);
            }
        }
        return withRights(limited);
    }

    private static Set<String> firstOf(Set<String> slugs, int count) {
        return slugs.stream().sorted().limit(count).collect(Collectors.toCollection(TreeSet::new));
    }

    /** Returns the scope with only the rights that name their sources. */
    PassScope withoutAllSourceRights() {
        return withRights(
                rights.stream().filter(right -> !right.coversAllSources()).toList());
    }

    private PassScope withRights(List<PassRight> changed) {
        return new PassScope(changed, excludedSources);
    }
}
