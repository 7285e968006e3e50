package dev.gatefold.passes;

import com.google.common.hash.Hashing;
import dev.gatefold.kernel.Problem;
import dev.gatefold.kernel.Reach;
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
class Revocations {
    /** Passes that name this bearer and a lower version are void. */
    record Revoked(String sub, long version) {}

    /** @param asOf since when the list has read so, as far as this replica knows */
    @Schema(name = "RevocationList")
    record Listing(List<Revoked> items, Instant asOf) {
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
     * @param tag one for each text of the listing
     */
    record Known(Listing listing, String tag, Instant at) {}

    private static final int TAG = 32;
    private static final Duration FRESH = Duration.ofSeconds(1);

    private final IssuedPasses issued;
    private final Names names;
    private final Reach reach;
    private final Clock clock;
    private volatile Known known;

    Revocations(IssuedPasses issued, Names names, Reach reach, Clock clock) {
        this.issued = issued;
        this.names = names;
        this.reach = reach;
        this.clock = clock;
    }

    Known current(Instant at) {
        Known last = known;
        return isFresh(last, at) ? last : renewed(at);
    }

    /** One asks the database, and those who come meanwhile wait for what it says. */
    private synchronized Known renewed(Instant at) {
        Known last = known;
        if (!isFresh(last, at)) {
            List<Revoked> items = reach.ask(() -> items(at), () -> {
                throw Problem.unavailable("database");
            });
            boolean same = last != null && last.listing.items.equals(items);
            Listing listing = same ? last.listing : new Listing(items, at);
            known = new Known(listing, listing.tag(), at);
        }
        return known;
    }

    private List<Revoked> items(Instant at) {
        return issued.overtaken(at).stream()
                .map(it -> new Revoked(names.of(it.account(), it.audience()), it.version()))
                .sorted(Comparator.comparing(Revoked::sub))
                .toList();
    }

    private static boolean isFresh(Known known, Instant at) {
        return known != null && !at.isBefore(known.at) && at.isBefore(known.at.plus(FRESH));
    }

    @Scheduled(every = "10m", delayed = "1m", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void forgetDead() {
        var _ = reach.ask(() -> issued.forgetDead(clock.instant()), () -> 0);
    }
}
