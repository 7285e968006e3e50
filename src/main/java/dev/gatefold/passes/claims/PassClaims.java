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
 * The claims that say what is covered, in as many bytes as there are: slugs as they are written, or else their hashes, or
 * else some of them. Less than the truth, never more.
 *
 * @param hashed whether five bytes of SHA-256 stand for each slug, one after the other in base64url
 */
public record PassClaims(PassScope coverage, boolean hashed) {
    private static final int HASH = 5;

    /** More things than this do not go into a pass, however they are said. */
    private static final int MOST = 150;

    /** The fullest that fits. */
    public static Map<String, Object> largestFitting(PassScope coverage, Predicate<Map<String, Object>> fits) {
        PassScope simple = coverage.simplified();
        return Stream.of(
                        Stream.of(new PassClaims(simple, false), new PassClaims(simple, true)),
                        parts(simple),
                        // where the exceptions alone are too long, nothing can be said of everything
                        parts(simple.withoutAllSourceRights()))
                .flatMap(stream -> stream)
                .map(PassClaims::claims)
                .filter(fits)
                .findFirst()
                .orElseGet(() -> new PassClaims(new PassScope(List.of(), Set.of()), false).claims());
    }

    private static Stream<PassClaims> parts(PassScope coverage) {
        return IntStream.iterate(MOST, things -> things > 0, things -> things - 1)
                .mapToObj(things -> new PassClaims(coverage.limitedTo(things), true));
    }

    private Map<String, Object> claims() {
        Map<String, Object> claims = new LinkedHashMap<>();
        List<Map<String, Object>> rights = new ArrayList<>();
        coverage.rights().forEach(right -> rights.add(claims(right)));
        claims.put("rights", rights);
        boolean everything = coverage.rights().stream().anyMatch(PassRight::coversAllSources);
        if (everything && !coverage.except().isEmpty()) {
            put(claims, "except", "exceptHashes", coverage.except());
        }
        return claims;
    }

    private Map<String, Object> claims(PassRight right) {
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("basis", right.basis().name());
        right.until().ifPresent(until -> claims.put("until", until.getEpochSecond()));
        Optional<Set<String>> sources = right.sources();
        sources.ifPresentOrElse(slugs -> put(claims, "covers", "hashes", slugs), () -> claims.put("covers", "*"));
        return claims;
    }

    private void put(Map<String, Object> claims, String written, String hashes, Set<String> slugs) {
        List<String> inOrder = slugs.stream().sorted().toList();
        if (hashed) {
            claims.put(hashes, hash(inOrder));
        } else {
            claims.put(written, inOrder);
        }
    }

    private static String hash(List<String> slugs) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        slugs.forEach(slug -> bytes.write(
                Hashing.sha256().hashString(slug, StandardCharsets.UTF_8).asBytes(), 0, HASH));
        return BaseEncoding.base64Url().omitPadding().encode(bytes.toByteArray());
    }
}
