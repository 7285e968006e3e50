package dev.gatefold.access.meter;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gatefold.access.decide.Decision;
import dev.gatefold.catalog.model.Article;
import dev.gatefold.web.http.IdempotencyKey;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.Session;

/** Every article that was opened, once for each idempotency key, with the answer that was given. */
@ApplicationScoped
public class ArticleReads {
    /** Who opens an open article without telling who they are. */
    public static final UUID ANONYMOUS_HOLDER = new UUID(0, 0);

    /** Held until the transaction ends: of two requests with one key, one is worked on. */
    private static final String CLAIM = "select pg_try_advisory_xact_lock(hashtextextended(:claim, 0))";

    private static final String ANSWERED = """
            select id, request_params, cast(decision as text), not_loaded_at is not null
            from article_read where reader_id = :reader and idempotency_key = :key
            """;

    private static final String RECORD = """
            insert into article_read (id, read_at, reader_id, idempotency_key, article_key, request_params, source,
                                      article_name, reason, decision)
            values (:id, :at, :reader, :key, :articleKey, :requestParams, :source,
                    :articleName, :reason, cast(:decision as jsonb))
            """;

    private final Session database;
    private final ObjectMapper json;

    ArticleReads(Session database, ObjectMapper json) {
        this.database = database;
        this.json = json;
    }

    /** What was answered to this key before; a problem where it is being worked on, or was for something else. */
    public Optional<Decision> findReplay(UUID holder, String key, Article article) {
        boolean claimed = database.createNativeQuery(CLAIM, Boolean.class)
                .setParameter("claim", holder + " " + key)
                .getSingleResult();
        if (!claimed) {
            throw IdempotencyKey.inFlight();
        }
        return database
                .createNativeQuery(ANSWERED, Object[].class)
                .setParameter("reader", holder)
                .setParameter("key", key)
                .getResultList()
                .stream()
                .findFirst()
                .map(row -> {
                    // what did not load is not given again for nothing
                    if (!row[1].equals(requestFingerprint(article)) || (Boolean) row[3]) {
                        throw IdempotencyKey.reused();
                    }
                    return parse((String) row[2]).withId((UUID) row[0]);
                });
    }

    public void record(UUID holder, String key, Article article, Decision decision) {
        database.createNativeMutationQuery(RECORD)
                .setParameter("id", decision.id())
                .setParameter("at", decision.asOf())
                .setParameter("reader", holder)
                .setParameter("key", key)
                .setParameter("articleKey", keyOf(article))
                .setParameter("requestParams", requestFingerprint(article))
                .setParameter("source", decision.source().slug())
                .setParameter("articleName", decision.article())
                .setParameter("reason", decision.reason().name())
                .setParameter("decision", write(decision))
                .executeUpdate();
    }

    /** All that the caller has said of the article. */
    private static String requestFingerprint(Article article) {
        return keyOf(article) + " " + article.section() + " "
                + article.publishedAt().map(Instant::toString).orElse("");
    }

    /** An article's key is unique within its source. */
    private static String keyOf(Article article) {
        return article.source().map(source -> source.slug() + " ").orElse("") + article.key();
    }

    private Decision parse(String answer) {
        try {
            return json.readValue(answer, Decision.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A recorded answer cannot be read", e);
        }
    }

    private String write(Decision decision) {
        try {
            return json.writeValueAsString(decision);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
