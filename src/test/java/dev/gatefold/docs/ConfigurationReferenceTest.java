package dev.gatefold.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatefold.docs.DocumentedSettings.DocumentedSetting;
import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Consistency of docs/configuration.md with the configuration interfaces. */
class ConfigurationReferenceTest {
    private static final String HEAD = """
        # Configuration

        Every setting of Gatefold's own, as an environment variable. [Operations](operations.md#settings) explains the important
        ones and the settings of Quarkus that an installation needs. Write durations as `90S`, `15M` or `12H`, or in ISO 8601
        (`P7D`, `PT10M`). The service refuses to start with an unsafe value, and names the setting.

        This page is generated from the Javadoc of the interfaces that it links to.
        """;

    private static List<DocumentedSettings> settings;

    @BeforeAll
    static void read() throws IOException {
        settings = DocumentedSettings.read();
    }

    @Test
    void everySettingIsDocumented() {
        assertThat(settings)
                .flatExtracting(DocumentedSettings::all)
                .isNotEmpty()
                .allSatisfy(setting -> assertThat(setting.about()).isNotBlank());
    }

    @Test
    void configurationReferenceIsUpToDate() {
        SnapshotFile.of("docs/configuration.md")
                .assertMatches(HEAD
                        + settings.stream()
                                .map(ConfigurationReferenceTest::section)
                                .collect(Collectors.joining()));
    }

    private static String section(DocumentedSettings module) {
        return """

            ## `%s`

            %s ([`%s`](../%s))

            | variable | value | default | meaning |
            | --- | --- | --- | --- |
            %s\
            """.formatted(
                module.prefix(),
                module.about(),
                module.file().getFileName().toString().replace(".java", ""),
                module.file(),
                module.all().stream().map(ConfigurationReferenceTest::row).collect(Collectors.joining()));
    }

    private static String row(DocumentedSetting setting) {
        String fallback =
                setting.fallback().map("`%s`"::formatted).orElse(setting.type().optional() ? "" : "required");
        return "| `%s` | %s | %s | %s |\n"
                .formatted(setting.variable(), setting.type().words(), fallback, setting.about());
    }
}
