package dev.gatefold.access.meter;

import com.google.common.hash.Hashing;
import dev.gatefold.accounts.account.ReaderSignedUp;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.transaction.Transactional;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.hibernate.Session;

/** The meters: each a set of articles in one row. Asking changes nothing, and taking is one statement. */
@ApplicationScoped
public class Meters {
    /** A question about one article of one meter. */
    public record MeterQuery(String source, String period, String article) {}

    /** What taking came to; {@code counted} where the article was not in the set before, and now is. */
    public record MeterTakeResult(MeterTally tally, boolean counted) {
        /** What the meter would have said just before. */
        public MeterTally tallyBefore() {
            return counted ? new MeterTally(tally.used() - 1, false) : tally;
        }
    }

    private static final int MAX_REFUNDS = 3;

    private record MeterKey(String source, String period) {}

    /**
     * What was peeked at.
     *
     * @param tallies in the order asked
     * @param accountVersion of the holder's rights, read in the same breath; empty where the holder is no account
     */
    public record MeterPeekResult(List<MeterTally> tallies, Optional<Long> accountVersion) {}

    private static final String PEEK = """
            select asked.source, asked.period_id, m.article_hashes, (select version from account where id = :reader) as version
            from unnest(cast(:sources as text[]), cast(:periods as text[])) as asked(source, period_id)
            left join meter m
              on m.reader_id = :reader and m.source = asked.source and m.period_id = asked.period_id
            """;

    private static final String TAKE = """
            insert into meter as m (reader_id, source, period_id, article_hashes, last_read_id)
            values (:reader, :source, :period, array[:article], :read)
            on conflict (reader_id, source, period_id) do update set
              article_hashes = case when :article = any(m.article_hashes) or cardinality(m.article_hashes) >= :allowance
                                    then m.article_hashes else m.article_hashes || :article end,
              last_read_id = case when :article = any(m.article_hashes) or cardinality(m.article_hashes) >= :allowance
                                  then m.last_read_id else excluded.last_read_id end
            returning cardinality(article_hashes), :article = any(article_hashes), last_read_id = :read
            """;

    private static final String GIVE_BACK = """
            update meter
            set article_hashes = array_remove(article_hashes, :article), refund_count = refund_count + 1
            where reader_id = :reader and source = :source and period_id = :period
              and :article = any(article_hashes) and refund_count < :most
            """;

    private static final String JOIN = """
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

    /** Changes nothing, and asks once, however many articles there are. */
    @Transactional
    public MeterPeekResult peek(UUID holder, List<MeterQuery> asked) {
        List<MeterKey> keys = asked.stream()
                .map(it -> new MeterKey(it.source, it.period))
                .distinct()
                .toList();
        List<Object[]> rows = database.createNativeQuery(PEEK, Object[].class)
                .setParameter("sources", keys.stream().map(MeterKey::source).toArray(String[]::new))
                .setParameter("periods", keys.stream().map(MeterKey::period).toArray(String[]::new))
                .setParameter("reader", holder)
                .getResultList();
        Map<MeterKey, Set<String>> sets = new HashMap<>();
        for (Object[] row : rows) {
            String[] articles = row[2] == null ? new String[0] : (String[]) row[2];
            sets.put(new MeterKey((String) row[0], (String) row[1]), Set.of(articles));
        }
        List<MeterTally> tallies = asked.stream()
                .map(it -> {
                    Set<String> set = sets.get(new MeterKey(it.source, it.period));
                    return new MeterTally(set.size(), set.contains(digest(it.article)));
                })
                .toList();
        Object version = rows.getFirst()[3];
        return new MeterPeekResult(
                tallies, Optional.ofNullable((Number) version).map(Number::longValue));
    }

    /** Puts the article into the set, unless it is in it or the set is full. */
    @Transactional
    public MeterTakeResult take(UUID holder, String source, String period, int allowance, String article, UUID read) {
        Object[] row = database.createNativeQuery(TAKE, Object[].class)
                .setParameter("reader", holder)
                .setParameter("source", source)
                .setParameter("period", period)
                .setParameter("article", digest(article))
                .setParameter("allowance", allowance)
                .setParameter("read", read)
                .getSingleResult();
        return new MeterTakeResult(new MeterTally(((Number) row[0]).intValue(), (Boolean) row[1]), (Boolean) row[2]);
    }

    /**
     * Takes an article out of the set again. False where it is not in it, or so much has been given back in this period
     * that it looks like a way round the meter.
     */
    @Transactional
    boolean refund(UUID holder, String source, String period, String article) {
        return database.createNativeMutationQuery(GIVE_BACK)
                        .setParameter("reader", holder)
                        .setParameter("source", source)
                        .setParameter("period", period)
                        .setParameter("article", digest(article))
                        .setParameter("most", MAX_REFUNDS)
                        .executeUpdate()
                == 1;
    }

    /** What a visitor has read is read, also by the account that the visitor becomes: a union, however often. */
    void mergeVisitorMeters(@Observes ReaderSignedUp fact) {
        fact.visitor()
                .ifPresent(visitor -> database.createNativeMutationQuery(JOIN)
                        .setParameter("account", fact.account().id)
                        .setParameter("visitor", visitor.id())
                        .executeUpdate());
    }

    /** Sixteen bytes stand for an article of any length: two of a thousand in one set never meet. */
    private static String digest(String article) {
        return Hashing.sha256()
                .hashString(article, StandardCharsets.UTF_8)
                .toString()
                .substring(0, 32);
    }
}
