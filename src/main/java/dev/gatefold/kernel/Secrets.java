package dev.gatefold.kernel;

import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.eclipse.microprofile.config.Config;

/**
 * Settings that may change while the service runs, since they are secrets in files: asked for at each use, and kept by
 * nobody. What is set in another way stays as it was at the start.
 */
@Singleton
public class Secrets {
    private final Config config;
    private final Optional<SecretFiles> files;

    public Secrets(Config config) {
        this.config = config;
        this.files = StreamSupport.stream(config.getConfigSources().spliterator(), false)
                .filter(SecretFiles.class::isInstance)
                .map(SecretFiles.class::cast)
                .findFirst();
    }

    /** As it was a second ago at most. */
    public Optional<String> get(String property) {
        return files.map(it -> it.get(property)).or(() -> config.getOptionalValue(property, String.class));
    }

    /** Looks at the files now: for who asks seldom, and cannot wait a second. */
    public void readAgain() {
        files.ifPresent(SecretFiles::readAgain);
    }
}
