package dev.gatefold.platform.database;

import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Arrays;
import java.util.List;

/** Tells a database that cannot be reached from a statement that is wrong. */
public final class DatabaseOutage {
    /** SQL states: class 08 is a connection that broke; 57P0x a server that shuts down, starts or was stopped; 53300 is full. */
    private static final List<String> STATES = List.of("08", "57P0", "53300");

    private static final int DEEPEST = 20;

    private DatabaseOutage() {}

    /** Whether one is at the bottom of a failure; what breaks while it is committed is told beside the cause. */
    public static boolean isCauseOf(Throwable failure) {
        return isCauseOf(failure, DEEPEST);
    }

    private static boolean isCauseOf(Throwable failure, int deepest) {
        if (failure == null || deepest == 0) {
            return false;
        }
        return isOne(failure)
                || isCauseOf(failure.getCause(), deepest - 1)
                || Arrays.stream(failure.getSuppressed()).anyMatch(it -> isCauseOf(it, deepest - 1));
    }

    private static boolean isOne(Throwable cause) {
        return switch (cause) {
            case ConnectException _, SocketTimeoutException _, SQLTransientConnectionException _ -> true;
            case SQLException sql
            when sql.getSQLState() != null -> STATES.stream().anyMatch(sql.getSQLState()::startsWith);
            // the pool's own: no connection became free in time
            case SQLException sql ->
                sql.getMessage() != null && sql.getMessage().contains("Acquisition timeout");
            default -> false;
        };
    }
}
