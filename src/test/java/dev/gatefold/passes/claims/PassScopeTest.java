package dev.gatefold.passes.claims;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatefold.entitlements.EntitlementBasis;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The shortest equivalent scope. A right is written as its basis, the hour in which it ends (- for none), and the sources
 * (* for all).
 */
class PassScopeTest {
    private static final Instant MIDNIGHT = Instant.parse("2026-11-24T00:00:00Z");

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            # a single right stays as it is
            MEMBER 5 *                        | MEMBER 5 *
            GIFT - a b                        | GIFT - a b
            # a source is listed with the right that lasts longest
            TRIAL 5 *; MEMBER 9 *             | MEMBER 9 *
            TRIAL 5 a b; MEMBER 9 a           | MEMBER 9 a; TRIAL 5 b
            MEMBER 9 *; PURCHASED 5 a         | MEMBER 9 *
            MEMBER - *; TRIAL 5 *             | MEMBER - *
            # a right to all sources comes first, then the rights that last longer
            MEMBER 5 *; PURCHASED - a         | MEMBER 5 *; PURCHASED - a
            PURCHASED - a; MEMBER 5 *; GIFT 9 b | MEMBER 5 *; PURCHASED - a; GIFT 9 b
            # rights with the same basis and end are merged
            PURCHASED - a; PURCHASED - b      | PURCHASED - a b
            PURCHASED 9 a; GIFT 9 b           | PURCHASED 9 a; GIFT 9 b
            MEMBER 5 *; MEMBER 5 a            | MEMBER 5 *
            # a plan that covers no source any more is not listed
            MEMBER 5                          | ''
            """)
    void scopeIsReducedToFewestRights(String rights, String expected) {
        assertThat(written(new PassScope(rights(rights), Set.of()).simplified()))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            MEMBER 9 a b x        | MEMBER 9 a b
            MEMBER 9 x            | ''
            MEMBER 5 *; GIFT 9 x  | MEMBER 5 *
            """)
    void excludedSourceIsOmittedFromScope(String rights, String expected) {
        assertThat(written(new PassScope(rights(rights), Set.of("x")).simplified()))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            1 | MEMBER 5 *
            2 | MEMBER 5 *; GIFT 9 a
            3 | MEMBER 5 *; GIFT 9 a b
            4 | MEMBER 5 *; GIFT 9 a b; GIFT 7 c
            9 | MEMBER 5 *; GIFT 9 a b; GIFT 7 c
            """)
    void scopeIsTruncatedFromItsEnd(int entries, String expected) {
        PassScope scope = new PassScope(rights("MEMBER 5 *; GIFT 9 b a; GIFT 7 c"), Set.of()).simplified();

        assertThat(written(scope.limitedTo(entries))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            GRACE 9 *                 | GRACE 3 *
            GRACE 2 *                 | GRACE 2 *
            PENDING_PAYMENT - a       | PENDING_PAYMENT 3 a
            MEMBER 9 *                | MEMBER 9 *
            GRACE 9 *; MEMBER 5 a     | GRACE 3 *; MEMBER 5 a
            """)
    void unpaidRightsCanBeShortenedInScope(String rights, String expected) {
        PassScope scope = new PassScope(rights(rights), Set.of()).withUnpaidEndingBy(hour("3"));

        assertThat(written(scope)).isEqualTo(expected);
    }

    private static List<PassRight> rights(String text) {
        return Arrays.stream(text.split("; ")).map(PassScopeTest::right).toList();
    }

    private static PassRight right(String text) {
        List<String> words = List.of(text.split(" "));
        List<String> sources = words.subList(2, words.size());
        return new PassRight(
                EntitlementBasis.valueOf(words.get(0)),
                hour(words.get(1)),
                sources.equals(List.of("*")) ? Optional.empty() : Optional.of(Set.copyOf(sources)));
    }

    private static Instant hour(String text) {
        return text.equals("-") ? Instant.MAX : MIDNIGHT.plusSeconds(3600 * Long.parseLong(text));
    }

    private static String written(PassScope scope) {
        return scope.rights().stream().map(PassScopeTest::written).collect(Collectors.joining("; "));
    }

    private static String written(PassRight right) {
        String end = right.until()
                .map(until -> String.valueOf((until.getEpochSecond() - MIDNIGHT.getEpochSecond()) / 3600))
                .orElse("-");
        String sources = right.sources()
                .map(slugs -> slugs.stream().sorted().collect(Collectors.joining(" ")))
                .orElse("*");
        return right.basis() + " " + end + " " + sources;
    }
}
