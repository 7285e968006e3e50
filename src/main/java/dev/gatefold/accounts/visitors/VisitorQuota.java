package dev.gatefold.accounts.visitors;

import com.google.common.net.InetAddresses;
import dev.gatefold.platform.database.DatabaseCircuitBreaker;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import org.hibernate.Session;

/** Counts the visitors who are new, by the part of the network that they come from; over all replicas, for a day. */
@ApplicationScoped
class VisitorQuota {
    private static final int IPV4_BYTES = 3;
    private static final int IPV6_BYTES = 6;
    private static final int PLACE_BYTES = 16;

    private static final String COUNT = """
            insert into visitor_quota as q (quota_date, network_hash, tokens_issued) values (:date, :networkHash, 1)
            on conflict (quota_date, network_hash) do update set tokens_issued = q.tokens_issued + 1
            returning tokens_issued
            """;

    private final VisitorsConfig config;
    private final HmacKey keys;
    private final DatabaseCircuitBreaker reach;
    private final Session database;
    private final Clock clock;

    VisitorQuota(VisitorsConfig config, HmacKey keys, DatabaseCircuitBreaker reach, Session database, Clock clock) {
        this.config = config;
        this.keys = keys;
        this.reach = reach;
        this.database = database;
        this.clock = clock;
    }

    /** Whether one more from this address, null if it is none, is no more than may come. While nobody can count, everybody is. */
    boolean tryAcquire(String address, Instant at) {
        if (address == null || !InetAddresses.isInetAddress(address)) {
            return true;
        }
        LocalDate day = LocalDate.ofInstant(at, ZoneOffset.UTC);
        byte[] place = networkHash(address, day);
        return reach.callOrElse(
                () -> QuarkusTransaction.requiringNew().call(() -> count(place, day)) <= config.dailyLimitPerNetwork(),
                () -> true);
    }

    private int count(byte[] place, LocalDate day) {
        return database.createNativeQuery(COUNT, Integer.class)
                .setParameter("date", day)
                .setParameter("networkHash", place)
                .getSingleResult();
    }

    private byte[] networkHash(String address, LocalDate day) {
        byte[] whole = InetAddresses.forString(address).getAddress();
        byte[] prefix = Arrays.copyOf(whole, whole.length == 4 ? IPV4_BYTES : IPV6_BYTES);
        byte[] dated = (day + " " + Arrays.toString(prefix)).getBytes(StandardCharsets.US_ASCII);
        return Arrays.copyOf(keys.mac(dated), PLACE_BYTES);
    }

    @Scheduled(every = "6h", delayed = "5m", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    @Transactional
    void deleteExpired() {
        database.createNativeMutationQuery("delete from visitor_quota where quota_date < :yesterday")
                .setParameter(
                        "yesterday",
                        LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC).minusDays(1))
                .executeUpdate();
    }
}
