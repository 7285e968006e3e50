package dev.gatefold.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class WhereaboutsTest {
    private static final Policy IN_GERMANY =
            new Policy(Gate.OPEN, null, null, null, null, new Territories(Set.of("de"), null), null, null, null, null);

    private static Whereabouts told(String header) {
        return new Whereabouts(new CatalogConfig() {
            @Override
            public Optional<Path> catalog() {
                return Optional.empty();
            }

            @Override
            public Optional<String> countryHeader() {
                return Optional.ofNullable(header);
            }
        });
    }

    @Test
    void noHeaderIsBelievedUnlessItIsNamed() {
        Map<String, String> headers = Map.of("CF-IPCountry", "AT", "X-Other", "DE");

        assertThat(told(null).country(headers::get)).isEmpty();
        assertThat(told("CF-IPCountry").country(headers::get)).contains("at");
        assertThat(told("X-Missing").country(headers::get)).isEmpty();
    }

    @Test
    void aTerritoryThatNobodyCouldKeepIsRefused() {
        assertThatThrownBy(() -> told(null).require(IN_GERMANY, "/policy/territories"))
                .hasMessageContaining("GATEFOLD_COUNTRY_HEADER");
        told("CF-IPCountry").require(IN_GERMANY, "/policy/territories");
    }
}
