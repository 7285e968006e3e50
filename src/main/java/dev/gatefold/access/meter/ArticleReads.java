package dev.gatefold.access.meter;

import dev.gatefold.catalog.model.Article;
import dev.gatefold.catalog.model.Source;
import dev.gatefold.web.http.IdempotencyKey;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.Tuple;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.Session;

/** The reads: every article that was opened, one row per idempotency key, with the decision. */
@ApplicationScoped
public class ArticleReads {
    /** Holder of reads by readers without account and visitor token, who can open only open articles. */
    public static final UUID ANONYMOUS_HOLDER = new UUID(0, 0);

    /**
     * A read to store.
     *
     * @param id id of the decision
     * @param holder account or visitor, or {@link #ANONYMOUS_HOLDER}
     * @param reason name of the reason of the grant
     * @param decision the decision as JSON
     */
    public record ArticleRead(
            UUID id,
            Instant readAt,
            UUID holder,
            String idempotencyKey,
            Article article,
            String reason,
            String decision) {}

    /** @param isReplayable false if the reader reported that the article did not load */
    private record StoredRead(String requestParams, String decision, boolean isReplayable) {
        private static StoredRead of(Tuple row) {
            return new StoredRead(
                    row.get("request_params", String.class),
                    row.get("decision", String.class),
                    row.get("is_replayable", Boolean.class));
        }
    }

    /** Taken until the transaction ends, so that concurrent requests with the same key open the article once. */
    private static final String LOCK_KEY = "select pg_try_advisory_xact_lock(hashtextextended(:key, 0))";

    private static final String FIND = """
            select request_params, cast(decision as text) as decision, not_loaded_at is null as is_replayable
            from article_read where reader_id = :reader and idempotency_key = :key
            """;

    private static final String RECORD = """
            insert into article_read (id, read_at, reader_id, idempotency_key, article_key, request_params, source,
                                      article_name, reason, decision)
            values (:id, :at, :reader, :key, :articleKey, :requestParams, :source,
                    :articleName, :reason, cast(:decision as jsonb))
            """;

    private final Session database;

    ArticleReads(Session database) {
        this.database = database;
    }

    /**
     * Returns the stored decision, as JSON, of an earlier read with the same key, and locks the key until the transaction
     * ends. Throws a 409 problem if a concurrent request uses the key, or if the key was used for another article.
     */
    public Optional<String> findReplay(UUID holder, String idempotencyKey, Article article) {
        boolean locked = database.createNativeQuery(LOCK_KEY, Boolean.class)
                .setParameter("key", holder + " " + idempotencyKey)
                .getSingleResult();
        if (!locked) {
            throw IdempotencyKey.inFlight();
        }
        return database
                .createNativeQuery(FIND, Tuple.class)
                .setParameter("reader", holder)
                .setParameter("key", idempotencyKey)
                .getResultList()
                .stream()
                .findFirst()
                .map(StoredRead::of)
                .map(read -> {
                    // A read reported as not loaded must not be replayed: the meter already has the article back.
                    if (!read.requestParams.equals(requestParams(article)) || !read.isReplayable) {
                        throw IdempotencyKey.reused();
                    }
                    return read.decision;
                });
    }

    /** Stores a read. */
    public void record(ArticleRead read) {
        Article article = read.article;
        database.createNativeMutationQuery(RECORD)
                .setParameter("id", read.id)
                .setParameter("at", read.readAt)
                .setParameter("reader", read.holder)
                .setParameter("key", read.idempotencyKey)
                .setParameter("articleKey", article.key())
                .setParameter("requestParams", requestParams(article))
                .setParameter("source", article.source().orElseThrow().slug())
                .setParameter("articleName", article.name())
                .setParameter("reason", read.reason)
                .setParameter("decision", read.decision)
                .executeUpdate();
    }

    /** Returns all request parameters that identify the article or influence the decision. */
    private static String requestParams(Article article) {
        return article.source().map(Source::slug).orElse("")
                + " " + article.key()
                + " " + article.section()
                + " " + article.publishedAt().map(Instant::toString).orElse("");
    }
}
