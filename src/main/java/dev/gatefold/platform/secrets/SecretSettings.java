package dev.gatefold.platform.secrets;

import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.eclipse.microprofile.config.Config;

/**
 * Settings that may change while the service runs, since they are secrets in files: asked for at each use, and kept by
 * nobody. What is set in another way stays as it was at the start.
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

    /** As it was a second ago at most. */
    public Optional<String> get(String property) {
        return files.map(it -> it.get(property)).or(() -> config.getOptionalValue(property, String.class));
    }

    /** Looks at the files now: for who asks seldom, and cannot wait a second. */
    public void reload() {
        files.ifPresent(SecretFilesConfigSource::reload);
    }
}
