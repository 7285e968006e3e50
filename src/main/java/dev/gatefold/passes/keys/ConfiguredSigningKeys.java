package dev.gatefold.passes.keys;

import dev.gatefold.passes.PassConfig;
import dev.gatefold.platform.secrets.SecretSettings;
import io.quarkus.logging.Log;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The signing keys that the operator provides in files. The files are read again at most once a second, so that keys can
 * be replaced without a restart. While a file is missing or invalid, the keys of the last successful read are used.
 */
@Singleton
class ConfiguredSigningKeys {
    /**
     * The key files as they were read.
     *
     * @param readAt {@link System#nanoTime}, since files change in real time and not by the service's clock
     */
    private record LoadedKeyFiles(List<String> contents, List<PassSigningKey> keys, long readAt) {}

    private static final String KEYS_PROPERTY = "gatefold.passes.keys";
    private static final long RELOAD_NANOS = Duration.ofSeconds(1).toNanos();

    private final SecretSettings secrets;

    /** Null if the operator provides no keys. */
    private volatile LoadedKeyFiles loaded;

    ConfiguredSigningKeys(SecretSettings secrets, PassConfig config) {
        this.secrets = secrets;
        config.keys()
                .ifPresent(files -> loaded = new LoadedKeyFiles(
                        List.of(),
                        files.stream().map(SigningKeyFile::read).toList(),
                        System.nanoTime() - 2 * RELOAD_NANOS));
    }

    /** Returns the keys, of which the first signs, or empty if the service generates its own keys. */
    Optional<List<PassSigningKey>> all() {
        if (loaded != null && System.nanoTime() - loaded.readAt > RELOAD_NANOS) {
            reload();
        }
        return Optional.ofNullable(loaded).map(LoadedKeyFiles::keys);
    }

    private synchronized void reload() {
        LoadedKeyFiles last = loaded;
        loaded = new LoadedKeyFiles(last.contents, last.keys, System.nanoTime());
        // the list of files must be as new as their contents, or a file added since the last read would be missed
        secrets.reload();
        try {
            List<Path> files = secrets.get(KEYS_PROPERTY).stream()
                    .flatMap(names -> Stream.of(names.split(",")))
                    .map(name -> Path.of(name.strip()))
                    .toList();
            List<String> contents = files.stream().map(SigningKeyFile::readText).toList();
            if (!contents.isEmpty() && !contents.equals(last.contents)) {
                List<PassSigningKey> keys =
                        files.stream().map(SigningKeyFile::read).toList();
                loaded = new LoadedKeyFiles(contents, keys, System.nanoTime());
                Log.infof(
                        "Loaded %d signing keys for passes; key %s signs",
                        keys.size(), keys.getFirst().kid());
            }
        } catch (IllegalArgumentException e) {
            Log.errorf(
                    "Cannot reload the signing keys for passes, so the last valid keys stay in use: %s %s",
                    KEYS_PROPERTY, e.getMessage());
        }
    }
}
