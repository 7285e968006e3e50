package dev.gatefold.passes;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Settings of reading passes. The service does not start if a value is out of bounds. */
@ConfigMapping(prefix = "gatefold.passes")
public interface PassConfig {
    /** The longest time for which a verifier may rely on a pass, whatever the settings are. */
    Duration MAX_LIFETIME = Duration.ofDays(7);

    /**
     * Lifetime of a pass for an edge worker, 10 seconds to 10 minutes. A worker that cannot fetch the list of revoked
     * passes grants access for at most this time after an entitlement has ended.
     */
    @WithDefault("PT10M")
    Duration edgeLifetime();

    /** Lifetime of a pass for an app, 10 seconds to 24 hours. */
    @WithDefault("PT24H")
    Duration appLifetime();

    /** How long after it was issued an app without a network connection may rely on a pass, 0 to 7 days. */
    @WithDefault("P7D")
    Duration offlinePeriod();

    /**
     * PEM files with one EC P-256 key each (PKCS#8, as {@code openssl genpkey} writes it). The first key signs, and all
     * are published. The files may be replaced while the service runs. If not set, the service generates keys, stores
     * them in the database and rotates them.
     */
    Optional<List<Path>> keys();

    /** How long a key that the service generated signs passes, 2 to 366 days. */
    @WithDefault("P90D")
    Duration keyRotationInterval();
}
