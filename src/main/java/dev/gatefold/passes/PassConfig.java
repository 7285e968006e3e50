package dev.gatefold.passes;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What an operator sets about passes; {@link PassConfigCheck} says within which bounds. */
@ConfigMapping(prefix = "gatefold.passes")
public interface PassConfig {
    /** How long a pass for an edge is good: an edge that misses the list of revocations is wrong for so long. */
    @WithDefault("PT10M")
    Duration edge();

    /** How long a pass for an app is good. */
    @WithDefault("PT24H")
    Duration app();

    /** How long an app that can reach nobody may go on relying on its pass. */
    @WithDefault("P7D")
    Duration offline();

    /**
     * Files with an EC P-256 key each, PKCS#8 in PEM as {@code openssl genpkey} writes it: the first signs, all are
     * published, and they may be replaced while the service runs. Without them the service makes keys, keeps them in the database, and changes them by itself.
     */
    Optional<List<Path>> keys();

    /** How long a key that the service made signs. */
    @WithDefault("P90D")
    Duration keyRotationInterval();
}
