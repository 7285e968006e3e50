package dev.gatefold.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatefold.docs.DocumentedSettings.DocumentedSetting;
import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What operators can set, and what is written of it. */
class ConfigurationReferenceTest {
    private static final String HEAD = """
            # Configuration

            What an operator can set of Gatefold's own, in the environment; what must be set, and what of Quarkus is set most
            often, is in the [README](../README.md#in-production). A duration is written as `90S`, `15M` or `12H`, or as in
            ISO 8601 (`P7D`, `PT10M`). A setting that is unsafe keeps the service from starting, and is named.

            This page is made of the interfaces that it names: what is to be said of a setting is said there.
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

    private static String section(DocumentedSettings room) {
        return """

                ## `%s`

                %s ([`%s`](../%s))

                | variable | value | unless set | |
                | --- | --- | --- | --- |
                %s""".formatted(
                        room.prefix(),
                        room.about(),
                        room.file().getFileName().toString().replace(".java", ""),
                        room.file(),
                        room.all().stream().map(ConfigurationReferenceTest::row).collect(Collectors.joining()));
    }

    private static String row(DocumentedSetting setting) {
        String fallback =
                setting.fallback().map("`%s`"::formatted).orElse(setting.type().optional() ? "" : "must be set");
        return "| `%s` | %s | %s | %s |\n"
                .formatted(setting.variable(), setting.type().words(), fallback, setting.about());
    }
}
