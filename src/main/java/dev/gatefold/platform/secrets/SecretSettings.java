package dev.gatefold.platform.secrets;

import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.eclipse.microprofile.config.Config;

/**
 * Reads settings that may change while the service runs, because they are secrets in files. Read them at each use and do
 * not cache them. Settings from other sources do not change after the start.
 */
@Singleton
public class SecretSettings {
    private final Config config;
    private final Optional<SecretFilesConfigSource> files;

    public SecretSettings(Config config) {
        this.config = config;
        this.files = StreamSupport.stream(config.getConfigSources().spliterator(), false)
                .filter(SecretFilesConfigSource.class::isInstance)
                .map(SecretFilesConfigSource.class::cast)
                .findFirst();
    }

    /** Returns the value of a property, at most one second old; empty if it is not set. */
    public Optional<String> get(String property) {
        return files.map(it -> it.get(property)).or(() -> config.getOptionalValue(property, String.class));
    }

    /** Reads the files now, for rare callers that need the current value. */
    public void reload() {
        files.ifPresent(SecretFilesConfigSource::reload);
    }
}
