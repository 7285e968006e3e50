package dev.gatefold.access;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gatefold.catalog.Article;
import dev.gatefold.kernel.Problem;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.Session;

/** Every article that was opened, once for each idempotency key, with the answer that was given. */
@ApplicationScoped
class Reads {
    /** Who opens an open article without telling who they are. */
    static final UUID NOBODY = new UUID(0, 0);

    private static final String ANSWERED =
            "select article_key, cast(answer as text) from read where holder = :holder and idempotency_key = :key";

    private static final String RECORD = """
            insert into read (id, at, holder, idempotency_key, article_key, source, article, reason, answer)
            values (:id, :at, :holder, :key, :articleKey, :source, :article, :reason, cast(:answer as jsonb))
            on conflict (holder, idempotency_key) do nothing
            """;

    private final Session database;
    private final ObjectMapper json;

    Reads(Session database, ObjectMapper json) {
        this.database = database;
        this.json = json;
    }

    /** What was answered to this key before; a problem where it was for another article. */
    Optional<Decision> answered(UUID holder, String key, Article article) {
        List<Object[]> rows = database.createNativeQuery(ANSWERED, Object[].class)
                .setParameter("holder", holder)
                .setParameter("key", key)
                .getResultList();
        return rows.stream().findFirst().map(row -> {
            if (!row[0].equals(keyOf(article))) {
                throw Problem.unprocessable(
                        "idempotency-key-reused",
                        "The idempotency key was used for something else",
                        "This Idempotency-Key has opened another article");
            }
            return parse((String) row[1]);
        });
    }

    /** The decision; or, where the same key came in by another request at the same time, what that one was told. */
    Decision record(UUID read, UUID holder, String key, Article article, Decision decision) {
        int written = database.createNativeMutationQuery(RECORD)
                .setParameter("id", read)
                .setParameter("at", decision.asOf())
                .setParameter("holder", holder)
                .setParameter("key", key)
                .setParameter("articleKey", keyOf(article))
                .setParameter("source", decision.source().slug())
                .setParameter("article", decision.article())
                .setParameter("reason", decision.reason().name())
                .setParameter("answer", write(decision))
                .executeUpdate();
        return written == 1 ? decision : answered(holder, key, article).orElseThrow();
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
