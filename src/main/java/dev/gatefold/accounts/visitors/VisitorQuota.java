package dev.gatefold.accounts.visitors;

import com.google.common.net.InetAddresses;
import dev.gatefold.accounts.keys.HmacKey;
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

/** Counts the visitor tokens that are issued per network and day (UTC), over all replicas. */
@ApplicationScoped
class VisitorQuota {
    private static final int IPV4_PREFIX_BYTES = 3;
    private static final int IPV6_PREFIX_BYTES = 6;
    private static final int HASH_BYTES = 16;

    private static final String INCREMENT = """
            insert into visitor_quota as q (quota_date, network_hash, tokens_issued) values (:date, :networkHash, 1)
            on conflict (quota_date, network_hash) do update set tokens_issued = q.tokens_issued + 1
            returning tokens_issued
            """;

    private static final String DELETE = "delete from visitor_quota where quota_date < :date";

    private final VisitorsConfig config;
    private final HmacKey key;
    private final DatabaseCircuitBreaker circuitBreaker;
    private final Session database;
    private final Clock clock;

    VisitorQuota(
            VisitorsConfig config, HmacKey key, DatabaseCircuitBreaker circuitBreaker, Session database, Clock clock) {
        this.config = config;
        this.key = key;
        this.circuitBreaker = circuitBreaker;
        this.database = database;
        this.clock = clock;
    }

    /**
     * Counts one more token and returns true if it is within the daily limit of its network. Also returns true if the
     * address is unknown or the database is unavailable.
     *
     * @param address IP address; null or another text if it is unknown
     */
    boolean tryAcquire(String address, Instant at) {
        if (address == null || !InetAddresses.isInetAddress(address)) {
            return true;
        }
        LocalDate date = LocalDate.ofInstant(at, ZoneOffset.UTC);
        byte[] networkHash = networkHash(address, date);
        return circuitBreaker.callOrElse(
                () -> QuarkusTransaction.requiringNew().call(() -> increment(networkHash, date))
                        <= config.dailyLimitPerNetwork(),
                () -> true);
    }

    private int increment(byte[] networkHash, LocalDate date) {
        return database.createNativeQuery(INCREMENT, Integer.class)
                .setParameter("date", date)
                .setParameter("networkHash", networkHash)
                .getSingleResult();
    }

    private byte[] networkHash(String address, LocalDate date) {
        byte[] bytes = InetAddresses.forString(address).getAddress();
        byte[] prefix = Arrays.copyOf(bytes, bytes.length == 4 ? IPV4_PREFIX_BYTES : IPV6_PREFIX_BYTES);
        byte[] datedPrefix = (date + " " + Arrays.toString(prefix)).getBytes(StandardCharsets.US_ASCII);
        return Arrays.copyOf(key.mac(datedPrefix), HASH_BYTES);
    }

    @Scheduled(every = "6h", delayed = "5m", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    @Transactional
    void deleteExpired() {
        LocalDate yesterday =
                LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC).minusDays(1);
        database.createNativeMutationQuery(DELETE)
                .setParameter("date", yesterday)
                .executeUpdate();
    }
}
