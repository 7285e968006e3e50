package dev.gatefold.access.meter;

import dev.gatefold.kernel.Problem;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.hibernate.Session;

/** Reads of which the reader got nothing, since the page did not load: nobody is paid for them, and no meter is spent. */
@ApplicationScoped
public class ReadRefund {
    /** So long after a read its failure can be told; later, somebody has read. */
    private static final Duration TOLD_WITHIN = Duration.ofMinutes(10);

    /** So many failures in a day are believed; beyond, somebody is at work who wants nobody to be paid. */
    private static final int MOST_IN_A_DAY = 10;

    private static final String TOLD = """
            select count(*) from article_read
            where reader_id = any(:readers) and not_loaded_at > cast(:at as timestamptz) - interval '1 day'
              and idempotency_key <> :key
            """;

    private static final String TELL = """
            update article_read set not_loaded_at = coalesce(not_loaded_at, :at)
            where reader_id = any(:readers) and idempotency_key = :key
            returning read_at, source, article_key, decision -> 'meter' ->> 'period'
            """;

    private static final String READ_ALL_THE_SAME = """
            select count(*) from article_read
            where reader_id = any(:readers) and source = :source and article_key = :articleKey
              and decision -> 'meter' ->> 'period' = :period and not_loaded_at is null
            """;

    private final Meters meters;
    private final Session database;

    ReadRefund(Meters meters, Session database) {
        this.meters = meters;
        this.database = database;
    }

    /**
     * Notes that the read of a key did not load, and gives back what it took from the meter, unless the article was read
     * all the same.
     *
     * @param holders whoever may have read: an account, and the visitor it was
     * @return whether the meter was given something back
     */
    @Transactional
    public boolean report(List<UUID> holders, String key, Instant at) {
        if (holders.isEmpty()) {
            throw readNotFound();
        }
        UUID[] any = holders.toArray(UUID[]::new);
        long told = database.createNativeQuery(TOLD, Long.class)
                .setParameter("readers", any)
                .setParameter("key", key)
                .setParameter("at", at)
                .getSingleResult();
        if (told >= MOST_IN_A_DAY) {
            throw Problem.conflict(
                    "too-many-failures",
                    "Too many failures",
                    MOST_IN_A_DAY + " reads a day can be told not to have loaded");
        }
        Object[] read = database
                .createNativeQuery(TELL, Object[].class)
                .setParameter("readers", any)
                .setParameter("key", key)
                .setParameter("at", at)
                .getResultList()
                .stream()
                .findFirst()
                .orElseThrow(ReadRefund::readNotFound);
        if (!at.isBefore(((Instant) read[0]).plus(TOLD_WITHIN))) {
            throw Problem.conflict(
                    "too-late",
                    "Too late",
                    "A read that did not load is told within " + TOLD_WITHIN.toMinutes() + " min");
        }
        String source = (String) read[1];
        String articleKey = (String) read[2];
        String period = (String) read[3];
        boolean readAllTheSame = period == null
                || database.createNativeQuery(READ_ALL_THE_SAME, Long.class)
                                .setParameter("readers", any)
                                .setParameter("source", source)
                                .setParameter("articleKey", articleKey)
                                .setParameter("period", period)
                                .getSingleResult()
                        > 0;
        return !readAllTheSame
                && meters.refund(holders.getFirst(), source, period, articleKey.substring(source.length() + 1));
    }

    private static Problem readNotFound() {
        return Problem.notFound("Nothing was read under this key");
    }
}
