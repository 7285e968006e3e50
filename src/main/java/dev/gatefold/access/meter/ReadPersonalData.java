package dev.gatefold.access.meter;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.gatefold.accounts.account.Account;
import dev.gatefold.accounts.personaldata.PersonalDataStore;
import jakarta.inject.Singleton;
import jakarta.persistence.Tuple;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.hibernate.Session;

/**
 * Exports and erases a reader's reads and meters. Reads are not deleted, because publishers are paid by them; after erasure
 * their account id identifies no person. Decision samples are not exported: their pseudonyms cannot be resolved without a
 * secret key, and they are deleted after some days.
 */
@Singleton
class ReadPersonalData implements PersonalDataStore {
    record ReadHistory(List<ReadEntry> items, List<MeterEntry> meters) {}

    /** @param notLoadedAt when the reader reported that the article did not load; null if the reader did not */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record ReadEntry(Instant at, String source, String article, String reason, Instant notLoadedAt) {
        private static ReadEntry of(Tuple row) {
            return new ReadEntry(
                    row.get("read_at", Instant.class),
                    row.get("source", String.class),
                    row.get("article_name", String.class),
                    row.get("reason", String.class),
                    row.get("not_loaded_at", Instant.class));
        }
    }

    /** @param articles number of articles; the meter stores only their hashes */
    record MeterEntry(String source, String period, int articles) {
        private static MeterEntry of(Tuple row) {
            return new MeterEntry(
                    row.get("source", String.class),
                    row.get("period_id", String.class),
                    row.get("articles", Integer.class));
        }
    }

    private static final String READS = """
            select read_at, source, article_name, reason, not_loaded_at from article_read
            where reader_id = :reader order by read_at, id
            """;

    private static final String METERS = """
            select source, period_id, cardinality(article_hashes) as articles from meter where reader_id = :reader
            order by period_id, source
            """;

    private static final String DELETE_METERS = "delete from meter where reader_id = :reader";

    /** Idempotency keys are chosen by clients and may contain personal data. */
    private static final String REPLACE_KEYS =
            "update article_read set idempotency_key = cast(id as text) where reader_id = :reader";

    private final Session database;

    ReadPersonalData(Session database) {
        this.database = database;
    }

    @Override
    public String exportMember() {
        return "reads";
    }

    @Override
    public ReadHistory export(Account account) {
        return new ReadHistory(
                rows(READS, account.id).stream().map(ReadEntry::of).toList(),
                rows(METERS, account.id).stream().map(MeterEntry::of).toList());
    }

    private List<Tuple> rows(String sql, UUID reader) {
        return database.createNativeQuery(sql, Tuple.class)
                .setParameter("reader", reader)
                .getResultList();
    }

    @Override
    public void erase(Account account, Instant at) {
        for (String sql : List.of(DELETE_METERS, REPLACE_KEYS)) {
            database.createNativeMutationQuery(sql)
                    .setParameter("reader", account.id)
                    .executeUpdate();
        }
    }
}
