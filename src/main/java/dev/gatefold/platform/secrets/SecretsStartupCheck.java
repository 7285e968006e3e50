package dev.gatefold.platform.secrets;

import dev.gatefold.platform.startup.StartupCheck;
import dev.gatefold.platform.startup.StartupSettings;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reports a folder of secret files that cannot be read. */
public final class SecretsStartupCheck implements StartupCheck {
    @Override
    public void check(StartupSettings settings) {
        settings.value(SecretFilesConfigSource.FOLDER)
                .filter(folder -> !StartupSettings.isReadable(folder) || !Files.isDirectory(Path.of(folder)))
                .ifPresent(folder -> settings.error(
                        SecretFilesConfigSource.FOLDER, "names " + folder + ", which is not a readable folder"));
    }

    @Override
    public boolean isRequiredForMigration() {
        return true;
    }
}
