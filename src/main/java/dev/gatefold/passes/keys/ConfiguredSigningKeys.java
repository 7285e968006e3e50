package dev.gatefold.passes.keys;

import dev.gatefold.passes.PassConfig;
import dev.gatefold.passes.PassConfigCheck;
import dev.gatefold.platform.secrets.SecretSettings;
import io.quarkus.logging.Log;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The keys that an operator brought, in files that may be replaced while the service runs: they are looked at once a second
 * at most. Where a file is broken or gone, that is told, and the keys stay that were.
 */
@Singleton
class ConfiguredSigningKeys {
    private record LoadedKeyFiles(List<String> written, List<PassSigningKey> keys, long readAt) {}

    private static final long FRESH = Duration.ofSeconds(1).toNanos();

    private final SecretSettings secrets;
    private volatile LoadedKeyFiles known;

    ConfiguredSigningKeys(SecretSettings secrets, PassConfig config) {
        this.secrets = secrets;
        config.keys()
                .ifPresent(files -> known = new LoadedKeyFiles(
                        List.of(), files.stream().map(SigningKeyFile::read).toList(), System.nanoTime() - 2 * FRESH));
    }

    /** The first signs, all are published; empty where the service makes its own. */
    Optional<List<PassSigningKey>> all() {
        if (known != null && System.nanoTime() - known.readAt > FRESH) {
            readAgain();
        }
        return Optional.ofNullable(known).map(LoadedKeyFiles::keys);
    }

    private synchronized void readAgain() {
        LoadedKeyFiles last = known;
        known = new LoadedKeyFiles(last.written, last.keys, System.nanoTime());
        List<String> written = new ArrayList<>();
        // which files there are and what is in them must be of one moment, or one of three would be missed
        secrets.reload();
        try {
            List<Path> files = secrets.get(PassConfigCheck.KEYS_PROPERTY).stream()
                    .flatMap(names -> Stream.of(names.split(",")))
                    .map(name -> Path.of(name.strip()))
                    .toList();
            for (Path file : files) {
                written.add(Files.readString(file));
            }
            if (!written.isEmpty() && !written.equals(last.written)) {
                List<PassSigningKey> keys =
                        files.stream().map(SigningKeyFile::read).toList();
                known = new LoadedKeyFiles(written, keys, System.nanoTime());
                Log.infof("Key %s signs passes", keys.getFirst().kid());
            }
        } catch (IOException | IllegalArgumentException e) {
            Log.errorf("The keys for passes stay as they were: a file %s", e.getMessage());
        }
    }
}
