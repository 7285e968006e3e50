package dev.gatefold.kernel;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Countries by their codes in ISO 3166-1. */
public final class CountryCodes {
    private static final Map<String, String> CODES = codes();

    private CountryCodes() {}

    /** Two small letters, for what an operator writes: two letters, three, or {@code uk}. */
    public static String parse(String written) {
        return find(written)
                .orElseThrow(
                        () -> new IllegalArgumentException("\"" + written + "\" is not a country's code (ISO 3166-1)"));
    }

    /** Two small letters; empty where the code is no country's, as gateways write where they do not know. */
    public static Optional<String> find(String written) {
        return Optional.ofNullable(CODES.get(written.toLowerCase(Locale.ROOT)));
    }

    /** Two letters, three letters, and what people write for Great Britain, each to two letters. */
    private static Map<String, String> codes() {
        Stream<String[]> codes = Arrays.stream(Locale.getISOCountries())
                .flatMap(code -> Stream.of(
                        new String[] {code, code},
                        new String[] {Locale.of("", code).getISO3Country(), code}));
        return Stream.concat(codes, Stream.of(new String[][] {{"uk", "gb"}}))
                .collect(Collectors.toUnmodifiableMap(
                        pair -> pair[0].toLowerCase(Locale.ROOT), pair -> pair[1].toLowerCase(Locale.ROOT)));
    }
}
