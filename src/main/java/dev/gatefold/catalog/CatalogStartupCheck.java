package dev.gatefold.catalog;

import dev.gatefold.platform.startup.StartupCheck;
import dev.gatefold.platform.startup.StartupSettings;

/** Startup check of {@link CatalogConfig#catalog}: the file or folder must be readable. */
public final class CatalogStartupCheck implements StartupCheck {
    private static final String FILE = "gatefold.catalog";

    @Override
    public void check(StartupSettings settings) {
        settings.value(FILE)
                .filter(path -> !StartupSettings.isReadable(path))
                .ifPresent(path -> settings.error(FILE, "names " + path + ", which cannot be read"));
    }
}
