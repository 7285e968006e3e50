package dev.gatefold.platform.secrets;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatefold.platform.startup.StartupChecks;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Names of secret files, and values when files change. */
class SecretSettingsTest {
    private static final String PASSWORD = "quarkus.datasource.password";

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource(textBlock = """
            database-password,      quarkus.datasource.password
            database-username,      quarkus.datasource.username
            stripe-api-key,         gatefold.stripe.api-key
            stripe-webhook-secrets, gatefold.stripe.webhook-secrets
            pages-client-secret,    gatefold.pages.client-secret
            """)
    void fileNameMapsToSetting(String file, String property) throws IOException {
        new MountedSecrets(folder).replaceFiles(Map.of(file, "of a file\n"));

        SmallRyeConfig config = config(Map.of(property, "of the environment"));

        assertThat(config.getValue(property, String.class)).isEqualTo("of a file");
        assertThat(new SecretSettings(config).get(property)).contains("of a file");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a$b", "$$", "${user.home}", "\\", "a,b", "'\""})
    void secretIsReadVerbatim(String secret) throws IOException {
        new MountedSecrets(folder).replaceFiles(Map.of("database-password", secret));

        SmallRyeConfig config = config(Map.of());

        assertThat(config.getValue(PASSWORD, String.class)).isEqualTo(secret);
        assertThat(new SecretSettings(config).get(PASSWORD)).contains(secret);
    }

    @Test
    void keysAreOrderedByFileName() throws IOException {
        new MountedSecrets(folder).replaceFiles(Map.of("pass-keys/next.pem", "2", "pass-keys/current.pem", "1"));

        assertThat(config(Map.of()).getValues("gatefold.passes.keys", Path.class))
                .extracting(file -> file.getFileName().toString())
                .containsExactly("current.pem", "next.pem");
    }

    @Test
    void changedSecretIsReadAndMissingFolderKeepsLastValue() throws IOException {
        MountedSecrets mounted = new MountedSecrets(folder);
        mounted.replaceFiles(Map.of("database-password", "first"));
        SecretSettings secrets = new SecretSettings(config(Map.of()));

        mounted.replaceFiles(Map.of("database-password", "second"));
        secrets.reload();
        assertThat(secrets.get(PASSWORD)).contains("second");

        Files.delete(folder.resolve("..data"));
        Files.createSymbolicLink(folder.resolve("..data"), Path.of("..gone"));
        secrets.reload();
        assertThat(secrets.get(PASSWORD)).contains("second");
    }

    @Test
    void settingWithoutFileIsReadFromConfiguration() throws IOException {
        new MountedSecrets(folder).replaceFiles(Map.of("stripe-api-key", "sk"));

        assertThat(new SecretSettings(config(Map.of(PASSWORD, "set"))).get(PASSWORD))
                .contains("set");
    }

    @Test
    void missingSecretsFolderFailsStartup() {
        List<String> faults = StartupChecks.errors(config(Map.of("gatefold.secrets", "/no/such/folder")));

        assertThat(faults).anySatisfy(fault -> assertThat(fault).startsWith("GATEFOLD_SECRETS names /no/such/folder"));
    }

    private SmallRyeConfig config(Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(Map.of("gatefold.secrets", folder.toString()));
        all.putAll(settings);
        return new SmallRyeConfigBuilder()
                .addDiscoveredSources()
                .addDefaultInterceptors()
                .withSources(new PropertiesConfigSource(all, "environment", 300))
                .build();
    }
}
