package dev.gatefold.catalog.rules;

import static com.google.common.base.Preconditions.checkArgument;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.gatefold.kernel.CountryCodes;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Where a publisher may be read: in these countries only, or everywhere but in those. A reader whose country is not
 * known is in none of them.
 *
 * @param allowed ISO 3166-1 alpha-2, lower case; null where {@code blocked} is given
 * @param blocked likewise
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Territories(Set<String> allowed, Set<String> blocked) {
    public Territories {
        checkArgument((allowed == null) != (blocked == null), "territories are either allowed or blocked");
        allowed = allowed == null ? null : inOrder(allowed);
        blocked = blocked == null ? null : inOrder(blocked);
    }

    private static Set<String> inOrder(Set<String> written) {
        checkArgument(!written.isEmpty(), "territories name a country");
        Set<String> countries = new TreeSet<>();
        written.forEach(country -> countries.add(CountryCodes.parse(country)));
        return countries;
    }

    boolean allows(Optional<String> country) {
        return allowed != null
                ? country.filter(allowed::contains).isPresent()
                : country.filter(blocked::contains).isEmpty();
    }
}
