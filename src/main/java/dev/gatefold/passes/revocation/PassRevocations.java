package dev.gatefold.passes.revocation;

import dev.gatefold.kernel.Problem;
import dev.gatefold.passes.issuance.IssuedPasses;
import dev.gatefold.passes.issuance.PassSubjects;
import dev.gatefold.passes.revocation.RevocationList.RevokedSubject;
import dev.gatefold.platform.database.DatabaseCircuitBreaker;
import io.quarkus.scheduler.Scheduled;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/**
 * Lists the passes that are revoked before they expire: those of a lower version than their account. The endpoint is
 * public, so the list is read from the database at most once a second.
 */
@Singleton
class PassRevocations {
    /**
     * The list as it was read.
     *
     * @param etag computed once, since the list may have thousands of items
     * @param loadedAt when it was read from the database
     */
    record RevocationSnapshot(RevocationList list, String etag, Instant loadedAt) {
        private boolean isFresh(Instant at) {
            return !at.isBefore(loadedAt) && at.isBefore(loadedAt.plus(CACHE_DURATION));
        }

        private RevocationSnapshot reloaded(List<RevokedSubject> items, Instant at) {
            return items.equals(list.items()) ? new RevocationSnapshot(list, etag, at) : of(items, at);
        }

        private static RevocationSnapshot of(List<RevokedSubject> items, Instant at) {
            RevocationList list = new RevocationList(items, at);
            return new RevocationSnapshot(list, list.etag(), at);
        }
    }

    private static final Duration CACHE_DURATION = Duration.ofSeconds(1);

    private final IssuedPasses issued;
    private final PassSubjects subjects;
    private final DatabaseCircuitBreaker database;
    private final Clock clock;
    private volatile RevocationSnapshot cached;

    PassRevocations(IssuedPasses issued, PassSubjects subjects, DatabaseCircuitBreaker database, Clock clock) {
        this.issued = issued;
        this.subjects = subjects;
        this.database = database;
        this.clock = clock;
    }

    /**
     * Returns the list, at most one second old.
     *
     * @throws Problem unavailable, if the list must be read and the database cannot be reached: an old list would make
     *     verifiers accept revoked passes
     */
    RevocationSnapshot current(Instant at) {
        RevocationSnapshot last = cached;
        return last != null && last.isFresh(at) ? last : reload(at);
    }

    /** Synchronized, so that concurrent callers wait for one query. */
    private synchronized RevocationSnapshot reload(Instant at) {
        RevocationSnapshot last = cached;
        if (last == null || !last.isFresh(at)) {
            List<RevokedSubject> items = database.callOrElse(() -> revokedSubjects(at), () -> {
                throw Problem.unavailable("database");
            });
            cached = last == null ? RevocationSnapshot.of(items, at) : last.reloaded(items, at);
        }
        return cached;
    }

    private List<RevokedSubject> revokedSubjects(Instant at) {
        return issued.superseded(at).stream()
                .map(it -> new RevokedSubject(subjects.subjectOf(it.account(), it.audience()), it.version()))
                .sorted(Comparator.comparing(RevokedSubject::sub))
                .toList();
    }

    @Scheduled(every = "10m", delayed = "1m", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void deleteExpired() {
        var _ = database.callOrElse(() -> issued.deleteExpired(clock.instant()), () -> 0);
    }
}
