package dev.gatefold.ops;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which pages an operator may let in. */
class SettingsTest {
    private static List<String> faults(String origins) {
        var source = new PropertiesConfigSource(Map.of("gatefold.site.origins", origins), "operator", 100);
        var config = new SmallRyeConfigBuilder().withSources(source).build();
        return Settings.of(config).faults().stream()
                .filter(fault -> fault.startsWith("GATEFOLD_SITE_ORIGINS "))
                .toList();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://app.example.com",
                "https://app.example.com, https://www.example.com:8443",
                "http://localhost:3000",
                "http://[::1]:3000",
            })
    void originsAreTaken(String origins) {
        assertThat(faults(origins)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "*",
                "https://*.example.com",
                "/https:\\/\\/.*\\.example\\.com/",
                "/.*/",
                "null",
                "app.example.com",
                "http://app.example.com",
                "http://localhost.example.com",
                "https://app.example.com/",
                "https://app.example.com/reader",
                "https://app.example.com?x",
                "https://reader@app.example.com",
                "https://APP.example.com",
                "https://app.example.com https://www.example.com",
                "https://app.example.com,*",
            })
    void whatIsNotAnOriginIsAFault(String origins) {
        assertThat(faults(origins)).hasSize(1);
    }
}
