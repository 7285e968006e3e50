package dev.gatefold.passes.claims;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.common.hash.Hashing;
import dev.gatefold.entitlements.EntitlementBasis;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

/** Claims list as many rights as fit, and never a right that the account does not have. */
class PassClaimsTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Instant END = Instant.parse("2026-12-24T00:00:00Z");
    private static final int MAX_LENGTH = 500;
    private static final int SOURCE_COUNT = 3000;

    @Test
    void fewSlugsAreListedInClaims() {
        JsonNode claims = claimsOf(new PassScope(List.of(rightTo("a-source", "another")), Set.of()));

        assertThat(claims).hasToString("""
                {"rights":[{"basis":"MEMBER","until":%d,"covers":["a-source","another"]}]}""".formatted(END.getEpochSecond()));
    }

    @Test
    void entitlementWithoutEndHasNoExpiryClaim() {
        JsonNode claims = claimsOf(
                new PassScope(List.of(new PassRight(EntitlementBasis.GIFT, Instant.MAX, Optional.empty())), Set.of()));

        assertThat(claims).hasToString("""
                {"rights":[{"basis":"GIFT","covers":"*"}]}""");
    }

    @Test
    void manySlugsAreHashedInClaims() {
        JsonNode right = claimsOf(new PassScope(List.of(rightTo(sourceSlugs(60))), Set.of()))
                .at("/rights/0");

        assertThat(right.has("covers")).isFalse();
        assertThat(hashes(right.path("hashes"))).isEqualTo(hashesOf(sourceSlugs(60)));
    }

    @Test
    void tooManySlugsAreTruncatedInClaims() {
        JsonNode right = claimsOf(new PassScope(List.of(rightTo(sourceSlugs(SOURCE_COUNT))), Set.of()))
                .at("/rights/0");

        assertThat(hashes(right.path("hashes"))).hasSizeGreaterThan(50);
        assertThat(hashesOf(sourceSlugs(SOURCE_COUNT))).containsAll(hashes(right.path("hashes")));
    }

    @Test
    void fullCoverageComesFirstInClaims() {
        PassRight shorter = new PassRight(EntitlementBasis.TRIAL, END.minusSeconds(3600), Optional.empty());
        JsonNode claims = claimsOf(new PassScope(List.of(rightTo(sourceSlugs(SOURCE_COUNT)), shorter), Set.of()));

        assertThat(claims.at("/rights/0/covers").asText()).isEqualTo("*");
        assertThat(claims.at("/rights/1/hashes").asText()).isNotEmpty();
    }

    @Test
    void exclusionsAreListedOrHashedButNeverTruncated() {
        PassRight everything = new PassRight(EntitlementBasis.TRIAL, END, Optional.empty());

        assertThat(claimsOf(new PassScope(List.of(everything), Set.of("b", "a")))
                        .path("except"))
                .hasToString("[\"a\",\"b\"]");
        assertThat(hashes(claimsOf(new PassScope(List.of(everything), Set.of(sourceSlugs(40))))
                        .path("exceptHashes")))
                .isEqualTo(hashesOf(sourceSlugs(40)));
    }

    @Test
    void fullCoverageIsOmittedWithTooManyExclusions() {
        PassRight everything = new PassRight(EntitlementBasis.TRIAL, END, Optional.empty());
        PassRight bought = new PassRight(EntitlementBasis.PURCHASED, Instant.MAX, Optional.of(Set.of("mine")));
        JsonNode claims = claimsOf(new PassScope(List.of(everything, bought), Set.of(sourceSlugs(SOURCE_COUNT))));

        assertThat(claims.toString()).doesNotContain("\"*\"").doesNotContain("except");
        assertThat(hashes(claims.at("/rights/0/hashes"))).isEqualTo(hashesOf("mine"));
    }

    @RepeatedTest(50)
    void randomClaimsAreTrueAndFitSizeLimit(RepetitionInfo repetition) {
        PassScope scope = randomScope(new Random(repetition.getCurrentRepetition()));

        JsonNode claims = claimsOf(scope);

        for (JsonNode right : claims.path("rights")) {
            Instant until = right.has("until")
                    ? Instant.ofEpochSecond(right.path("until").asLong())
                    : Instant.MAX;
            if (right.path("covers").asText().equals("*")) {
                assertThat(scope.rights())
                        .anyMatch(it -> it.coversAllSources() && !it.end().isBefore(until));
                assertThat(exceptionsOf(claims))
                        .isEqualTo(hashesOf(scope.excludedSources().toArray(String[]::new)));
            } else {
                Set<String> entitled = scope.rights().stream()
                        .filter(it -> !it.end().isBefore(until))
                        .flatMap(it -> it.sources().stream())
                        .flatMap(Set::stream)
                        .filter(slug -> !scope.excludedSources().contains(slug))
                        .collect(Collectors.toSet());
                assertThat(hashesOf(entitled.toArray(String[]::new))).containsAll(sourcesOf(right, "covers", "hashes"));
            }
        }
    }

    /** Returns up to 100 rights to up to 300 sources each, and up to 30 excluded sources. */
    private static PassScope randomScope(Random random) {
        List<PassRight> rights = new ArrayList<>();
        for (int i = random.nextInt(100); i >= 0; i--) {
            EntitlementBasis basis = random.nextBoolean() ? EntitlementBasis.MEMBER : EntitlementBasis.PURCHASED;
            Instant end = random.nextInt(4) == 0 ? Instant.MAX : END.plusSeconds(random.nextInt(5));
            rights.add(new PassRight(
                    basis, end, random.nextInt(40) == 0 ? Optional.empty() : Optional.of(randomSlugs(random, 300))));
        }
        return new PassScope(rights, random.nextBoolean() ? Set.of() : randomSlugs(random, 30));
    }

    private static Set<String> randomSlugs(Random random, int max) {
        return random.ints(random.nextInt(max) + 1L, 0, SOURCE_COUNT)
                .mapToObj(i -> "source-" + i)
                .collect(Collectors.toSet());
    }

    private static JsonNode claimsOf(PassScope scope) {
        JsonNode claims = JSON.valueToTree(
                PassClaims.largestFitting(scope, candidate -> text(candidate).length() <= MAX_LENGTH));
        assertThat(claims.toString().length()).isLessThanOrEqualTo(MAX_LENGTH);
        return claims;
    }

    private static String text(Map<String, Object> claims) {
        try {
            return JSON.writeValueAsString(claims);
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    private static PassRight rightTo(String... slugs) {
        return new PassRight(EntitlementBasis.MEMBER, END, Optional.of(Set.of(slugs)));
    }

    private static String[] sourceSlugs(int count) {
        return IntStream.range(0, count).mapToObj(i -> "source-" + i).toArray(String[]::new);
    }

    private static Set<String> exceptionsOf(JsonNode claims) {
        return sourcesOf(claims, "except", "exceptHashes");
    }

    private static Set<String> sourcesOf(JsonNode claims, String slugsName, String hashesName) {
        Set<String> sources = new TreeSet<>(hashes(claims.path(hashesName)));
        claims.path(slugsName).forEach(slug -> sources.addAll(hashesOf(slug.asText())));
        return sources;
    }

    private static Set<String> hashes(JsonNode text) {
        byte[] all = Base64.getUrlDecoder().decode(text.asText());
        assertThat(all.length % 5).isZero();
        return IntStream.range(0, all.length / 5)
                .mapToObj(i -> HexFormat.of().formatHex(all, 5 * i, 5 * i + 5))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> hashesOf(String... slugs) {
        Set<String> hashes = new TreeSet<>();
        for (String slug : slugs) {
            hashes.add(Hashing.sha256()
                    .hashString(slug, StandardCharsets.UTF_8)
                    .toString()
                    .substring(0, 10));
        }
        return hashes;
    }
}
