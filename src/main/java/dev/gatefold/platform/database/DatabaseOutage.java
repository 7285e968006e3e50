package dev.gatefold.platform.database;

import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Arrays;
import java.util.List;

/** Distinguishes a database that cannot be reached from a failed statement. */
public final class DatabaseOutage {
    /** Prefixes of SQL states: 08 connection errors, 57P0x server shutdown or start, 53300 too many connections. */
    private static final List<String> STATES = List.of("08", "57P0", "53300");

    private static final int MAX_DEPTH = 20;

    private DatabaseOutage() {}

    /**
     * Returns whether an outage is among the causes of a failure. Includes suppressed exceptions, where the transaction
     * manager puts an outage during commit.
     */
    public static boolean isCauseOf(Throwable failure) {
        return isCauseOf(failure, MAX_DEPTH);
    }

    private static boolean isCauseOf(Throwable failure, int depth) {
        if (failure == null || depth == 0) {
            return false;
        }
        return isOutage(failure)
                || isCauseOf(failure.getCause(), depth - 1)
                || Arrays.stream(failure.getSuppressed()).anyMatch(it -> isCauseOf(it, depth - 1));
    }

    private static boolean isOutage(Throwable cause) {
        return switch (cause) {
            case ConnectException _, SocketTimeoutException _, SQLTransientConnectionException _ -> true;
            case SQLException sql
            when sql.getSQLState() != null -> STATES.stream().anyMatch(sql.getSQLState()::startsWith);
            // Agroal has neither a type nor an SQL state for a pool without a free connection
            case SQLException sql ->
                sql.getMessage() != null && sql.getMessage().contains("Acquisition timeout");
            default -> false;
        };
    }
}
