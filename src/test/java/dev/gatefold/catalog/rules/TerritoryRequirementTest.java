package dev.gatefold.catalog.rules;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatefold.web.http.ClientCountry;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TerritoryRequirementTest {
    private static final Policy GERMANY_ONLY = Policy.builder(Gate.OPEN)
            .territories(new Territories(Set.of("de"), null))
            .build();

    @Test
    void territoryRuleIsRejectedWithoutCountryHeader() {
        assertThatThrownBy(() -> withHeader(null).check(GERMANY_ONLY, "/policy/territories"))
                .hasMessageContaining("GATEFOLD_COUNTRY_HEADER");
        assertThatCode(() -> withHeader("CF-IPCountry").check(GERMANY_ONLY, "/policy/territories"))
                .doesNotThrowAnyException();
    }

    @Test
    void policyWithoutTerritoriesNeedsNoCountryHeader() {
        assertThatCode(() -> withHeader(null).check(Policy.of(Gate.OPEN), "/policy/territories"))
                .doesNotThrowAnyException();
    }

    private static TerritoryRequirement withHeader(String header) {
        return new TerritoryRequirement(new ClientCountry(() -> Optional.ofNullable(header)));
    }
}
