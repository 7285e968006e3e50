package dev.gatefold.kernel;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Conversion of ISO 3166-1 country codes to alpha-2 codes in lower case. */
public final class CountryCodes {
    /** Alpha-2 codes by alpha-2 code, alpha-3 code, and {@code uk} for Great Britain; all in lower case. */
    private static final Map<String, String> ALPHA2_BY_CODE = alpha2ByCode();

    private CountryCodes() {}

    /**
     * Returns the alpha-2 code for a code in any case: alpha-2, alpha-3 or {@code uk}.
     *
     * @throws IllegalArgumentException if there is no such country
     */
    public static String parse(String code) {
        return find(code)
                .orElseThrow(() -> new IllegalArgumentException("\"" + code + "\" is not a country code (ISO 3166-1)"));
    }

    /**
     * Returns the alpha-2 code for a code in any case; empty if there is no such country. Gateways send values such as
     * {@code XX} if the country is unknown.
     */
    public static Optional<String> find(String code) {
        return Optional.ofNullable(ALPHA2_BY_CODE.get(code.toLowerCase(Locale.ROOT)));
    }

    private static Map<String, String> alpha2ByCode() {
        Stream<String[]> codes = Arrays.stream(Locale.getISOCountries())
                .flatMap(code -> Stream.of(
                        new String[] {code, code},
                        new String[] {Locale.of("", code).getISO3Country(), code}));
        return Stream.concat(codes, Stream.of(new String[][] {{"uk", "gb"}}))
                .collect(Collectors.toUnmodifiableMap(
                        pair -> pair[0].toLowerCase(Locale.ROOT), pair -> pair[1].toLowerCase(Locale.ROOT)));
    }
}
