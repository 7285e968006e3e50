package dev.gatefold.passes;

import static java.util.Comparator.comparing;

import com.google.common.collect.Sets;
import dev.gatefold.entitlements.Basis;
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
record Extent(List<Covered> rights, Set<String> except) {
    private record Kind(Basis basis, Instant end) {}

    Extent {
        rights = List.copyOf(rights);
        except = Set.copyOf(except);
    }

    boolean isEmpty() {
        return rights.isEmpty();
    }

    /** When the last of the rights ends; the distant past where there are none. */
    Instant end() {
        return rights.stream().map(Covered::end).max(Instant::compareTo).orElse(Instant.MIN);
    }

    Extent paid() {
        return new Extent(rights.stream().filter(right -> !right.isOwed()).toList(), except);
    }

    /** The same, with what is owed ending then, if not before. */
    Extent owedUntil(Instant latest) {
        UnaryOperator<Covered> earlier =
                right -> right.isOwed() && right.end().isAfter(latest) ? right.with(latest) : right;
        return new Extent(rights.stream().map(earlier).toList(), except);
    }

    /**
     * The same in fewest words: each source stands only with the right that opens it longest, which is the one that the
     * law goes by, and rights that differ in nothing else are one. That to everything comes first, then the longest.
     */
    Extent simplified() {
        List<Covered> longestFirst = rights.stream()
                .sorted(comparing(Covered::end).reversed().thenComparing(right -> !right.isEverything()))
                .toList();
        Map<Kind, Covered> kinds = new LinkedHashMap<>();
        Set<String> said = new HashSet<>(except);
        for (Covered right : longestFirst) {
            Kind kind = new Kind(right.basis(), right.end());
            if (right.isEverything()) {
                kinds.put(kind, right);
                break;
            }
            Set<String> rest = new TreeSet<>(Sets.difference(right.sources().get(), said));
            if (!rest.isEmpty()) {
                kinds.merge(kind, right.with(rest), Extent::union);
                said.addAll(rest);
            }
        }
        List<Covered> simple = kinds.values().stream()
                .sorted(comparing(right -> !right.isEverything()))
                .toList();
        return new Extent(simple, except);
    }

    private static Covered union(Covered one, Covered other) {
        return one.with(
                new TreeSet<>(Sets.union(one.sources().get(), other.sources().get())));
    }

    /** Of what is said, the first so many things: a source, or all of them at once. */
    Extent first(int things) {
        List<Covered> kept = new ArrayList<>();
        int left = things;
        for (Covered right : rights) {
            if (left > 0) {
                kept.add(
                        right.isEverything()
                                ? right
                                : right.with(firstOf(right.sources().get(), left)));
                left -= right.sources().map(Collection::size).orElse(1);
            }
        }
        return new Extent(kept, except);
    }

    private static Set<String> firstOf(Set<String> slugs, int most) {
        return slugs.stream().sorted().limit(most).collect(Collectors.toCollection(TreeSet::new));
    }

    /** What is said of single sources. */
    Extent ofSingleSources() {
        return new Extent(rights.stream().filter(right -> !right.isEverything()).toList(), except);
    }
}
