package dev.gatefold.access.meter;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.gatefold.accounts.account.Account;
import dev.gatefold.accounts.personaldata.PersonalDataStore;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.hibernate.Session;

/**
 * What a reader has opened. Publishers are paid by it, so that it stays, under a number that leads to nobody; the meters
 * go. Of recorded decisions none can be told to be a reader's without our key, and after some days there are none.
 */
@Singleton
class ReadPersonalData implements PersonalDataStore {
    record ReadHistory(List<ReadEntry> items, List<MeterEntry> meters) {}

    /** @param notLoadedAt when the reader told that the article had not loaded */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record ReadEntry(Instant at, String source, String article, String reason, Instant notLoadedAt) {}

    /** @param articles how many; which ones is kept as hashes only */
    record MeterEntry(String source, String period, int articles) {}

    private static final String READS = """
            select read_at, source, article_name, reason, not_loaded_at from article_read
            where reader_id = :reader order by read_at, id
            """;

    private static final String METERS = """
            select source, period_id, cardinality(article_hashes) as articles from meter where reader_id = :reader
            order by period_id, source
            """;

    private static final String FORGET_METERS = "delete from meter where reader_id = :reader";

    /** The keys are the words of whoever sent them. */
    private static final String FORGET_KEYS =
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
                rows(READS, account.id).stream()
                        .map(row -> new ReadEntry(
                                (Instant) row[0], (String) row[1], (String) row[2], (String) row[3], (Instant) row[4]))
                        .toList(),
                rows(METERS, account.id).stream()
                        .map(row -> new MeterEntry((String) row[0], (String) row[1], ((Number) row[2]).intValue()))
                        .toList());
    }

    private List<Object[]> rows(String sql, UUID reader) {
        return database.createNativeQuery(sql, Object[].class)
                .setParameter("reader", reader)
                .getResultList();
    }

    @Override
    public void erase(Account account, Instant at) {
        for (String sql : List.of(FORGET_METERS, FORGET_KEYS)) {
            database.createNativeMutationQuery(sql)
                    .setParameter("reader", account.id)
                    .executeUpdate();
        }
    }
}
