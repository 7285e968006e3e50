package dev.gatefold.platform.invalidation;

import io.agroal.api.AgroalDataSource;
import io.agroal.pool.ConnectionFactory;
import java.io.Closeable;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.postgresql.PGConnection;

/**
 * A connection that waits for invalidations. Has the settings of the connection pool but is not part of it, so that
 * invalidations arrive while the pool is exhausted. For use by one thread.
 */
final class CacheInvalidationConnection implements Closeable {
    private static final String SET_NAME = "set application_name = 'gatefold cache invalidation'";
    private static final String LISTEN = "listen gatefold_cache_invalidation";
    private static final String CURRENT_SNAPSHOT = "select cast(pg_current_snapshot() as text) as snapshot";

    /**
     * Selects what was committed between the last snapshot and the current one; one row without an invalidation if nothing
     * was. Ignores transaction ids above the current snapshot: a database that was restored from a dump contains ids that
     * its counter has not reached.
     */
    private static final String POLL = """
            select cast(s.now as text) as snapshot, c.cache_name, c.cache_key, c.version
            from (select pg_current_snapshot() as now, cast(? as pg_snapshot) as last) s
            left join cache_invalidation c
              on c.transaction_id >= pg_snapshot_xmin(s.last) and c.transaction_id < pg_snapshot_xmax(s.now)
              and not pg_visible_in_snapshot(c.transaction_id, s.last)
            """;

    private final Connection connection;
    private final boolean useNotify;
    private final PreparedStatement poll;
    private String snapshot;

    private CacheInvalidationConnection(Connection connection, boolean useNotify) throws SQLException {
        this.connection = connection;
        this.useNotify = useNotify;
        this.poll = connection.prepareStatement(POLL);
        this.snapshot = begin();
    }

    static CacheInvalidationConnection open(AgroalDataSource pool, boolean useNotify) throws SQLException {
        var settings = pool.getConfiguration().connectionPoolConfiguration().connectionFactoryConfiguration();
        Connection connection =
                new ConnectionFactory(settings).createConnection().getConnection();
        try {
            return new CacheInvalidationConnection(connection, useNotify);
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    private String begin() throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(SET_NAME);
            if (useNotify) {
                statement.execute(LISTEN);
            }
            try (ResultSet row = statement.executeQuery(CURRENT_SNAPSHOT)) {
                row.next();
                return row.getString("snapshot");
            }
        }
    }

    /** Waits for a notification, at most for the given time. Without notifications it waits for the whole time. */
    void awaitNotification(Duration timeout) throws SQLException {
        if (useNotify) {
            connection.unwrap(PGConnection.class).getNotifications((int) timeout.toMillis());
        } else {
            LockSupport.parkNanos(timeout.toNanos());
        }
    }

    /** Returns the invalidations since the last acknowledged batch. */
    InvalidationBatch poll() throws SQLException {
        poll.setString(1, snapshot);
        try (ResultSet row = poll.executeQuery()) {
            String now = snapshot;
            List<CacheInvalidation> invalidations = new ArrayList<>();
            while (row.next()) {
                now = row.getString("snapshot");
                if (row.getString("cache_name") != null) {
                    invalidations.add(invalidation(row));
                }
            }
            return new InvalidationBatch(now, invalidations);
        }
    }

    private static CacheInvalidation invalidation(ResultSet row) throws SQLException {
        String[] key = (String[]) row.getArray("cache_key").getArray();
        return new CacheInvalidation(row.getString("cache_name"), Arrays.asList(key), row.getLong("version"));
    }

    /**
     * The invalidations that one poll has found.
     *
     * @param snapshot PostgreSQL snapshot up to which the batch is complete
     */
    record InvalidationBatch(String snapshot, List<CacheInvalidation> invalidations) {}

    /** Marks a batch as processed; the next poll continues after it. */
    void acknowledge(InvalidationBatch batch) {
        snapshot = batch.snapshot;
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            // the connection was broken already
        }
    }
}
