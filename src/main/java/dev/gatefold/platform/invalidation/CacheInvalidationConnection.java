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
 * A connection on which changes are waited for. It is made as the pool makes its own, and is not of the pool, so that
 * nobody waits for a change because others wait for the database.
 */
final class CacheInvalidationConnection implements Closeable {
    private static final String OPEN = "set application_name = 'gatefold cache invalidation'";
    private static final String LISTEN = "listen gatefold_cache_invalidation";
    private static final String SNAPSHOT = "select cast(pg_current_snapshot() as text)";

    /**
     * What has been committed since a snapshot, and the snapshot in which that is so. Transactions that are to come are
     * left out: a database that was restored from a dump holds numbers that its counter has not come to.
     */
    private static final String LOOK = """
            select cast(s.now as text), c.cache_name, c.cache_key, c.version
            from (select pg_current_snapshot() as now, cast(? as pg_snapshot) as last) s
            left join cache_invalidation c
              on c.transaction_id >= pg_snapshot_xmin(s.last) and c.transaction_id < pg_snapshot_xmax(s.now)
              and not pg_visible_in_snapshot(c.transaction_id, s.last)
            """;

    private final Connection connection;
    private final boolean nudged;
    private final PreparedStatement poll;
    private String snapshot;

    private CacheInvalidationConnection(Connection connection, boolean nudged) throws SQLException {
        this.connection = connection;
        this.nudged = nudged;
        this.poll = connection.prepareStatement(LOOK);
        this.snapshot = begin();
    }

    static CacheInvalidationConnection open(AgroalDataSource pool, boolean nudged) throws SQLException {
        var settings = pool.getConfiguration().connectionPoolConfiguration().connectionFactoryConfiguration();
        Connection connection =
                new ConnectionFactory(settings).createConnection().getConnection();
        try {
            return new CacheInvalidationConnection(connection, nudged);
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    private String begin() throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(OPEN);
            if (nudged) {
                statement.execute(LISTEN);
            }
            try (ResultSet rows = statement.executeQuery(SNAPSHOT)) {
                rows.next();
                return rows.getString(1);
            }
        }
    }

    /** Returns when there was a nudge, or else after this time. */
    void awaitNotification(Duration longest) throws SQLException {
        if (nudged) {
            connection.unwrap(PGConnection.class).getNotifications((int) longest.toMillis());
        } else {
            LockSupport.parkNanos(longest.toNanos());
        }
    }

    /** What was changed since the last look; the same again, until it has been acted on. */
    InvalidationBatch poll() throws SQLException {
        poll.setString(1, snapshot);
        try (ResultSet rows = poll.executeQuery()) {
            String now = snapshot;
            List<CacheInvalidation> changes = new ArrayList<>();
            while (rows.next()) {
                now = rows.getString(1);
                if (rows.getString(2) != null) {
                    changes.add(new CacheInvalidation(rows.getString(2), key(rows), rows.getLong(4)));
                }
            }
            return new InvalidationBatch(now, changes);
        }
    }

    /**
     * What was seen at once.
     *
     * @param snapshot PostgreSQL's name for the moment
     */
    record InvalidationBatch(String snapshot, List<CacheInvalidation> invalidations) {}

    private static List<String> key(ResultSet row) throws SQLException {
        return Arrays.asList((String[]) row.getArray(3).getArray());
    }

    /** All of it has been acted on. */
    void acknowledge(InvalidationBatch look) {
        snapshot = look.snapshot;
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            // it was broken already
        }
    }
}
