package dev.gatefold.web.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ClientCountryTest {
    @Test
    void countryHeaderIsIgnoredUnlessConfigured() {
        Map<String, String> headers = Map.of("CF-IPCountry", "AT", "X-Other", "DE");

        assertThat(withHeader(null).country(headers::get)).isEmpty();
        assertThat(withHeader("CF-IPCountry").country(headers::get)).contains("at");
        assertThat(withHeader("X-Missing").country(headers::get)).isEmpty();
    }

    private static ClientCountry withHeader(String header) {
        return new ClientCountry(() -> Optional.ofNullable(header));
    }
}
