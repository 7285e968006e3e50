package dev.gatefold.access.meter;

import com.google.common.hash.Hashing;
import dev.gatefold.accounts.account.ReaderSignedUp;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.persistence.Tuple;
import jakarta.transaction.Transactional;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.hibernate.Session;

/** The meters of readers. A meter is the set of articles opened in one period, stored as one row. */
@ApplicationScoped
public class Meters {
    private static final int MAX_REFUNDS_PER_PERIOD = 3;

    private record MeterKey(String source, String period) {
        private static MeterKey of(MeterQuery query) {
            return new MeterKey(query.source(), query.period());
        }
    }

    /**
     * @param articles hashes of the opened articles
     * @param accountVersion null if the holder is a visitor
     */
    private record MeterRow(MeterKey key, Set<String> articles, Long accountVersion) {
        private static MeterRow of(Tuple row) {
            String[] articles = row.get("article_hashes", String[].class);
            return new MeterRow(
                    new MeterKey(row.get("source", String.class), row.get("period_id", String.class)),
                    articles == null ? Set.of() : Set.of(articles),
                    row.get("account_version", Long.class));
        }

        private MeterTally tally(String article) {
            return new MeterTally(articles.size(), articles.contains(hash(article)));
        }
    }

    /** Reads the account's version too: the comparison shows whether the caller's standing is current. */
    private static final String PEEK = """
            select wanted.source, wanted.period_id, m.article_hashes,
                   (select version from account where id = :reader) as account_version
            from unnest(cast(:sources as text[]), cast(:periods as text[])) as wanted(source, period_id)
            left join meter m
              on m.reader_id = :reader and m.source = wanted.source and m.period_id = wanted.period_id
            """;

    private static final String TAKE = """
            insert into meter as m (reader_id, source, period_id, article_hashes, last_read_id)
            values (:reader, :source, :period, array[:article], :read)
            on conflict (reader_id, source, period_id) do update set
              article_hashes = case when :article = any(m.article_hashes) or cardinality(m.article_hashes) >= :allowance
                                    then m.article_hashes else m.article_hashes || :article end,
              last_read_id = case when :article = any(m.article_hashes) or cardinality(m.article_hashes) >= :allowance
                                  then m.last_read_id else excluded.last_read_id end
            returning cardinality(article_hashes) as used, :article = any(article_hashes) as includes,
                      last_read_id = :read as counted
            """;

    private static final String REFUND = """
            update meter
            set article_hashes = array_remove(article_hashes, :article), refund_count = refund_count + 1
            where reader_id = :reader and source = :source and period_id = :period
              and :article = any(article_hashes) and refund_count < :maxRefunds
            """;

    private static final String MERGE = """
            insert into meter as m (reader_id, source, period_id, article_hashes, last_read_id, refund_count)
            select :account, source, period_id, article_hashes, last_read_id, refund_count
            from meter where reader_id = :visitor
            on conflict (reader_id, source, period_id) do update set
              article_hashes = array(select distinct unnest(m.article_hashes || excluded.article_hashes)),
              refund_count = greatest(m.refund_count, excluded.refund_count)
            """;

    private final Session database;

    Meters(Session database) {
        this.database = database;
    }

    /** Reads the meters of an account or visitor with one statement. Changes nothing. */
    @Transactional
    public MeterPeekResult peek(UUID holder, List<MeterQuery> queries) {
        List<MeterKey> keys = queries.stream().map(MeterKey::of).distinct().toList();
        List<Tuple> rows = database.createNativeQuery(PEEK, Tuple.class)
                .setParameter("sources", keys.stream().map(MeterKey::source).toArray(String[]::new))
                .setParameter("periods", keys.stream().map(MeterKey::period).toArray(String[]::new))
                .setParameter("reader", holder)
                .getResultList();
        Map<MeterKey, MeterRow> meters = HashMap.newHashMap(rows.size());
        Long version = null;
        for (Tuple row : rows) {
            MeterRow meter = MeterRow.of(row);
            meters.put(meter.key, meter);
            version = meter.accountVersion;
        }
        return new MeterPeekResult(
                queries.stream()
                        .map(query -> meters.get(MeterKey.of(query)).tally(query.article()))
                        .toList(),
                Optional.ofNullable(version));
    }

    /** Adds an article to a meter with one statement, unless the meter has it already or is exhausted. */
    @Transactional
    public MeterTakeResult take(UUID holder, MeterQuery query, int allowance, UUID readId) {
        Tuple row = database.createNativeQuery(TAKE, Tuple.class)
                .setParameter("reader", holder)
                .setParameter("source", query.source())
                .setParameter("period", query.period())
                .setParameter("article", hash(query.article()))
                .setParameter("allowance", allowance)
                .setParameter("read", readId)
                .getSingleResult();
        return new MeterTakeResult(
                new MeterTally(row.get("used", Integer.class), row.get("includes", Boolean.class)),
                row.get("counted", Boolean.class));
    }

    /**
     * Removes an article from a meter. Returns false if the meter does not have it, or if the meter was refunded three times
     * already: more refunds in one period would be a way around the meter.
     */
    @Transactional
    boolean refund(UUID holder, MeterQuery query) {
        return database.createNativeMutationQuery(REFUND)
                        .setParameter("reader", holder)
                        .setParameter("source", query.source())
                        .setParameter("period", query.period())
                        .setParameter("article", hash(query.article()))
                        .setParameter("maxRefunds", MAX_REFUNDS_PER_PERIOD)
                        .executeUpdate()
                == 1;
    }

    /** Adds the visitor's articles to the meters of the new account, as a set union. */
    void mergeVisitorMeters(@Observes ReaderSignedUp fact) {
        fact.visitor()
                .ifPresent(visitor -> database.createNativeMutationQuery(MERGE)
                        .setParameter("account", fact.account().id)
                        .setParameter("visitor", visitor.id())
                        .executeUpdate());
    }

    /** Returns 16 bytes of a SHA-256 hash in hexadecimal: short, and without collisions among the articles of a meter. */
    private static String hash(String article) {
        return Hashing.sha256()
                .hashString(article, StandardCharsets.UTF_8)
                .toString()
                .substring(0, 32);
    }
}
