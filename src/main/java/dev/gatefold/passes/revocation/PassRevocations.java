package dev.gatefold.passes.revocation;

import com.google.common.hash.Hashing;
import dev.gatefold.kernel.Problem;
import dev.gatefold.passes.claims.PassSubjects;
import dev.gatefold.passes.issuance.IssuedPasses;
import dev.gatefold.platform.database.DatabaseCircuitBreaker;
import io.quarkus.scheduler.Scheduled;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * Which passes are void before they expire. The truth is the account's version in the database; everybody may ask for
 * the list, so that it is made once a second and no more often.
 */
@Singleton
class PassRevocations {
    /** Passes that name this bearer and a lower version are void. */
    record RevokedSubject(String sub, long version) {}

    /** @param asOf since when the list has read so, as far as this replica knows */
    @Schema(name = "RevocationList")
    record RevocationList(List<RevokedSubject> items, Instant asOf) {
        private String tag() {
            return Hashing.sha256()
                    .hashString(toString(), StandardCharsets.UTF_8)
                    .toString()
                    .substring(0, TAG);
        }
    }

    /**
     * What was known at an instant.
     *
     * @param etag one for each text of the listing
     */
    record RevocationSnapshot(RevocationList listing, String etag, Instant loadedAt) {}

    private static final int TAG = 32;
    private static final Duration FRESH = Duration.ofSeconds(1);

    private final IssuedPasses issued;
    private final PassSubjects names;
    private final DatabaseCircuitBreaker reach;
    private final Clock clock;
    private volatile RevocationSnapshot known;

    PassRevocations(IssuedPasses issued, PassSubjects names, DatabaseCircuitBreaker reach, Clock clock) {
        this.issued = issued;
        this.names = names;
        this.reach = reach;
        this.clock = clock;
    }

    RevocationSnapshot current(Instant at) {
        RevocationSnapshot last = known;
        return isFresh(last, at) ? last : renewed(at);
    }

    /** One asks the database, and those who come meanwhile wait for what it says. */
    private synchronized RevocationSnapshot renewed(Instant at) {
        RevocationSnapshot last = known;
        if (!isFresh(last, at)) {
            List<RevokedSubject> items = reach.callOrElse(() -> items(at), () -> {
                throw Problem.unavailable("database");
            });
            boolean same = last != null && last.listing.items.equals(items);
            RevocationList listing = same ? last.listing : new RevocationList(items, at);
            known = new RevocationSnapshot(listing, listing.tag(), at);
        }
        return known;
    }

    private List<RevokedSubject> items(Instant at) {
        return issued.superseded(at).stream()
                .map(it -> new RevokedSubject(names.subjectOf(it.account(), it.audience()), it.version()))
                .sorted(Comparator.comparing(RevokedSubject::sub))
                .toList();
    }

    private static boolean isFresh(RevocationSnapshot known, Instant at) {
        return known != null && !at.isBefore(known.loadedAt) && at.isBefore(known.loadedAt.plus(FRESH));
    }

    @Scheduled(every = "10m", delayed = "1m", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void deleteExpired() {
        var _ = reach.callOrElse(() -> issued.deleteExpired(clock.instant()), () -> 0);
    }
}
