package dev.gatefold.passes.claims;

import com.google.common.hash.Hashing;
import com.google.common.io.BaseEncoding;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The claims {@code rights}, {@code except} and {@code exceptHashes}, in one of the encodings that trade detail for size:
 * slugs, hashes of slugs, or hashes of some of the slugs.
 *
 * @param scope the rights to encode
 * @param hashed true to write the first five bytes of each slug's SHA-256, concatenated in Base64url, instead of the slugs
 */
public record PassClaims(PassScope scope, boolean hashed) {
    private static final int HASH_BYTES = 5;

    /** Upper bound of the search for the longest list that fits: 150 hashes need 1,000 characters, nearly a whole pass. */
    private static final int MAX_ENTRIES = 150;

    /**
     * Returns the claims with the most rights that fit. Rights are left out if need be; exclusions never are, since
     * without them the pass would grant too much.
     *
     * @param fits whether a pass with these claims is short enough
     * @return the claims by name; without any right if nothing else fits
     */
    public static Map<String, Object> largestFitting(PassScope scope, Predicate<Map<String, Object>> fits) {
        PassScope simple = scope.simplified();
        return Stream.of(
                        Stream.of(new PassClaims(simple, false), new PassClaims(simple, true)),
                        truncations(simple),
                        // too many exclusions: a right to all sources cannot be listed, rights to single sources can
                        truncations(simple.withoutAllSourceRights()))
                .flatMap(encodings -> encodings)
                .map(PassClaims::toClaims)
                .filter(fits)
                .findFirst()
                .orElseGet(() -> new PassClaims(new PassScope(List.of(), Set.of()), false).toClaims());
    }

    private static Stream<PassClaims> truncations(PassScope scope) {
        return IntStream.iterate(MAX_ENTRIES, entries -> entries > 0, entries -> entries - 1)
                .mapToObj(entries -> new PassClaims(scope.limitedTo(entries), true));
    }

    private Map<String, Object> toClaims() {
        Map<String, Object> claims = new LinkedHashMap<>();
        List<Map<String, Object>> rights = new ArrayList<>();
        scope.rights().forEach(right -> rights.add(toClaims(right)));
        claims.put("rights", rights);
        boolean allSources = scope.rights().stream().anyMatch(PassRight::coversAllSources);
        if (allSources && !scope.excludedSources().isEmpty()) {
            putSlugs(claims, "except", "exceptHashes", scope.excludedSources());
        }
        return claims;
    }

    private Map<String, Object> toClaims(PassRight right) {
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("basis", right.basis().name());
        right.until().ifPresent(until -> claims.put("until", until.getEpochSecond()));
        Optional<Set<String>> sources = right.sources();
        sources.ifPresentOrElse(slugs -> putSlugs(claims, "covers", "hashes", slugs), () -> claims.put("covers", "*"));
        return claims;
    }

    private void putSlugs(Map<String, Object> claims, String slugsName, String hashesName, Set<String> slugs) {
        List<String> sorted = slugs.stream().sorted().toList();
        if (hashed) {
            claims.put(hashesName, hashes(sorted));
        } else {
            claims.put(slugsName, sorted);
        }
    }

    private static String hashes(List<String> slugs) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        slugs.forEach(slug -> bytes.write(
                Hashing.sha256().hashString(slug, StandardCharsets.UTF_8).asBytes(), 0, HASH_BYTES));
        return BaseEncoding.base64Url().omitPadding().encode(bytes.toByteArray());
    }
}
