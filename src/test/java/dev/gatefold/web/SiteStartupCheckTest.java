package dev.gatefold.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatefold.platform.startup.StartupChecks;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Accepted and rejected values of {@code gatefold.site.origins}. */
class SiteStartupCheckTest {
    private static List<String> settingErrors(String origins) {
        var source = new PropertiesConfigSource(Map.of("gatefold.site.origins", origins), "operator", 100);
        var config = new SmallRyeConfigBuilder().withSources(source).build();
        return StartupChecks.errors(config).stream()
                .filter(error -> error.startsWith("GATEFOLD_SITE_ORIGINS "))
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
    void validOriginsAreAccepted(String origins) {
        assertThat(settingErrors(origins)).isEmpty();
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
    void invalidOriginIsReported(String origins) {
        assertThat(settingErrors(origins)).hasSize(1);
    }
}
