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
 * What the bearer of a pass may open by right, which is the union of the rights.
 *
 * @param except the slugs of sources of which the pass does not speak, whatever its rights cover
 */
public record PassScope(List<PassRight> rights, Set<String> except) {
    private record BasisAndEnd(EntitlementBasis basis, Instant end) {}

    public PassScope {
        rights = List.copyOf(rights);
        except = Set.copyOf(except);
    }

    public boolean isEmpty() {
        return rights.isEmpty();
    }

    /** When the last of the rights ends; the distant past where there are none. */
    Instant end() {
        return rights.stream().map(PassRight::end).max(Instant::compareTo).orElse(Instant.MIN);
    }

    PassScope paidOnly() {
        return new PassScope(rights.stream().filter(right -> !right.isUnpaid()).toList(), except);
    }

    /** The same, with what is owed ending then, if not before. */
    public PassScope withUnpaidEndingBy(Instant latest) {
        UnaryOperator<PassRight> earlier =
                right -> right.isUnpaid() && right.end().isAfter(latest) ? right.with(latest) : right;
        return new PassScope(rights.stream().map(earlier).toList(), except);
    }

    /**
     * The same in fewest words: each source stands only with the right that opens it longest, which is the one that the
     * law goes by, and rights that differ in nothing else are one. That to everything comes first, then the longest.
     */
    PassScope simplified() {
        List<PassRight> longestFirst = rights.stream()
                .sorted(comparing(PassRight::end).reversed().thenComparing(right -> !right.coversAllSources()))
                .toList();
        Map<BasisAndEnd, PassRight> kinds = new LinkedHashMap<>();
        Set<String> said = new HashSet<>(except);
        for (PassRight right : longestFirst) {
            BasisAndEnd kind = new BasisAndEnd(right.basis(), right.end());
            if (right.coversAllSources()) {
                kinds.put(kind, right);
                break;
            }
            Set<String> rest = new TreeSet<>(Sets.difference(right.sources().get(), said));
            if (!rest.isEmpty()) {
                kinds.merge(kind, right.with(rest), PassScope::union);
                said.addAll(rest);
            }
        }
        List<PassRight> simple = kinds.values().stream()
                .sorted(comparing(right -> !right.coversAllSources()))
                .toList();
        return new PassScope(simple, except);
    }

    private static PassRight union(PassRight one, PassRight other) {
        return one.with(
                new TreeSet<>(Sets.union(one.sources().get(), other.sources().get())));
    }

    /** Of what is said, the first so many things: a source, or all of them at once. */
    PassScope limitedTo(int things) {
        List<PassRight> kept = new ArrayList<>();
        int left = things;
        for (PassRight right : rights) {
            if (left > 0) {
                kept.add(
                        right.coversAllSources()
                                ? right
                                : right.with(firstOf(right.sources().get(), left)));
                left -= right.sources().map(Collection::size).orElse(1);
            }
        }
        return new PassScope(kept, except);
    }

    private static Set<String> firstOf(Set<String> slugs, int most) {
        return slugs.stream().sorted().limit(most).collect(Collectors.toCollection(TreeSet::new));
    }

    /** What is said of single sources. */
    PassScope withoutAllSourceRights() {
        return new PassScope(
                rights.stream().filter(right -> !right.coversAllSources()).toList(), except);
    }
}
