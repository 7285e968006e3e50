package dev.gatefold.access.meter;

import dev.gatefold.kernel.Problem;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.Tuple;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.hibernate.Session;

/** Refunds reads of articles that did not load: publishers are not paid for them, and the meter gets the article back. */
@ApplicationScoped
public class ReadRefund {
    /** A report later than this after the read is refused, because the reader may have read the article. */
    private static final Duration REPORT_WINDOW = Duration.ofMinutes(10);

    /** More reports than this in 24 hours are refused, because a reader could withhold the publishers' pay with them. */
    private static final int MAX_REPORTS_PER_DAY = 10;

    /** @param period null if no meter was read */
    private record NotLoadedRead(Instant readAt, String source, String articleKey, String period) {
        private static NotLoadedRead of(Tuple row) {
            return new NotLoadedRead(
                    row.get("read_at", Instant.class),
                    row.get("source", String.class),
                    row.get("article_key", String.class),
                    row.get("period", String.class));
        }

        private MeterQuery meterQuery() {
            return new MeterQuery(source, period, articleKey);
        }
    }

    private static final String COUNT_REPORTS = """
            select count(*) from article_read
            where reader_id = any(:readers) and not_loaded_at > cast(:at as timestamptz) - interval '1 day'
              and idempotency_key <> :key
            """;

    private static final String MARK_NOT_LOADED = """
            update article_read set not_loaded_at = coalesce(not_loaded_at, :at)
            where reader_id = any(:readers) and idempotency_key = :key
            returning read_at, source, article_key, decision -> 'meter' ->> 'period' as period
            """;

    private static final String COUNT_OTHER_READS = """
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
     * Marks a read as not loaded and refunds the meter, unless the reader opened the article in the same period with another
     * key. Throws a 404 problem if there is no such read, and a 409 problem if it is too old or there are too many reports.
     *
     * @param holders account of the reader and the visitor that the reader was before, the owner of the meters first
     * @return true if the meter was refunded
     */
    @Transactional
    public boolean report(List<UUID> holders, String idempotencyKey, Instant at) {
        if (holders.isEmpty()) {
            throw readNotFound();
        }
        UUID[] readers = holders.toArray(UUID[]::new);
        requireFewReports(readers, idempotencyKey, at);
        NotLoadedRead read = markNotLoaded(readers, idempotencyKey, at);
        if (!at.isBefore(read.readAt.plus(REPORT_WINDOW))) {
            throw Problem.conflict(
                    "too-late",
                    "Report too late",
                    "Report a read that did not load within " + REPORT_WINDOW.toMinutes() + " minutes");
        }
        return read.period != null && !wasReadAgain(readers, read) && meters.refund(readers[0], read.meterQuery());
    }

    private void requireFewReports(UUID[] readers, String idempotencyKey, Instant at) {
        long reports = database.createNativeQuery(COUNT_REPORTS, Long.class)
                .setParameter("readers", readers)
                .setParameter("key", idempotencyKey)
                .setParameter("at", at)
                .getSingleResult();
        if (reports >= MAX_REPORTS_PER_DAY) {
            throw Problem.conflict(
                    "too-many-failures",
                    "Too many reports",
                    "At most " + MAX_REPORTS_PER_DAY + " reads in 24 hours can be reported as not loaded");
        }
    }

    private NotLoadedRead markNotLoaded(UUID[] readers, String idempotencyKey, Instant at) {
        return database
                .createNativeQuery(MARK_NOT_LOADED, Tuple.class)
                .setParameter("readers", readers)
                .setParameter("key", idempotencyKey)
                .setParameter("at", at)
                .getResultList()
                .stream()
                .findFirst()
                .map(NotLoadedRead::of)
                .orElseThrow(ReadRefund::readNotFound);
    }

    private boolean wasReadAgain(UUID[] readers, NotLoadedRead read) {
        return database.createNativeQuery(COUNT_OTHER_READS, Long.class)
                        .setParameter("readers", readers)
                        .setParameter("source", read.source)
                        .setParameter("articleKey", read.articleKey)
                        .setParameter("period", read.period)
                        .getSingleResult()
                > 0;
    }

    private static Problem readNotFound() {
        return Problem.notFound("The reader opened no article with this Idempotency-Key");
    }
}
