package dev.gatefold.passes;

import dev.gatefold.kernel.Secrets;
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
class OperatorsKeys {
    private record Known(List<String> written, List<SigningKey> keys, long readAt) {}

    private static final long FRESH = Duration.ofSeconds(1).toNanos();

    private final Secrets secrets;
    private volatile Known known;

    OperatorsKeys(Secrets secrets, PassConfig config) {
        this.secrets = secrets;
        config.keys()
                .ifPresent(files -> known = new Known(
                        List.of(), files.stream().map(KeyFile::read).toList(), System.nanoTime() - 2 * FRESH));
    }

    /** The first signs, all are published; empty where the service makes its own. */
    Optional<List<SigningKey>> all() {
        if (known != null && System.nanoTime() - known.readAt > FRESH) {
            readAgain();
        }
        return Optional.ofNullable(known).map(Known::keys);
    }

    private synchronized void readAgain() {
        Known last = known;
        known = new Known(last.written, last.keys, System.nanoTime());
        List<String> written = new ArrayList<>();
        // which files there are and what is in them must be of one moment, or one of three would be missed
        secrets.readAgain();
        try {
            List<Path> files = secrets.get(PassSettings.KEYS).stream()
                    .flatMap(names -> Stream.of(names.split(",")))
                    .map(name -> Path.of(name.strip()))
                    .toList();
            for (Path file : files) {
                written.add(Files.readString(file));
            }
            if (!written.isEmpty() && !written.equals(last.written)) {
                List<SigningKey> keys = files.stream().map(KeyFile::read).toList();
                known = new Known(written, keys, System.nanoTime());
                Log.infof("Key %s signs passes", keys.getFirst().kid());
            }
        } catch (IOException | IllegalArgumentException e) {
            Log.errorf("The keys for passes stay as they were: a file %s", e.getMessage());
        }
    }
}
