package dev.gatefold.catalog.rules;

import static com.google.common.base.Preconditions.checkArgument;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.gatefold.kernel.CountryCodes;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The countries in which a source may be read: either an allow list or a block list. An unknown country is in neither.
 *
 * @param allowed ISO 3166-1 alpha-2 codes, lower case; null if {@code blocked} is given
 * @param blocked ISO 3166-1 alpha-2 codes, lower case; null if {@code allowed} is given
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Territories(Set<String> allowed, Set<String> blocked) {
    /**
     * Validates the codes and converts them to alpha-2, lower case, in alphabetical order.
     *
     * @throws IllegalArgumentException unless exactly one list is given, not empty, with valid codes
     */
    public Territories {
        checkArgument((allowed == null) != (blocked == null), "territories need either allowed or blocked, not both");
        allowed = allowed == null ? null : normalize(allowed);
        blocked = blocked == null ? null : normalize(blocked);
    }

    private static Set<String> normalize(Set<String> codes) {
        checkArgument(!codes.isEmpty(), "territories must contain at least one country");
        Set<String> countries = new TreeSet<>();
        codes.forEach(code -> countries.add(CountryCodes.parse(code)));
        return countries;
    }

    boolean allows(Optional<String> country) {
        return allowed != null
                ? country.filter(allowed::contains).isPresent()
                : country.filter(blocked::contains).isEmpty();
    }
}
