package dev.gatefold.testing;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A TCP proxy between the service and its database that simulates network failures. */
public final class InterruptibleTcpProxy implements Closeable {
    private enum TcpProxyState {
        FORWARDING,
        /** Existing and new connections are closed. */
        DISCONNECTED,
        /** Connections stay open, but no bytes are forwarded. */
        STALLED
    }

    private final int targetPort;
    private final ServerSocket server;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private volatile TcpProxyState state = TcpProxyState.FORWARDING;

    public InterruptibleTcpProxy(int targetPort) {
        this.targetPort = targetPort;
        try {
            server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::accept);
    }

    /** Returns the port that the service connects to. */
    public int port() {
        return server.getLocalPort();
    }

    /** Closes all connections, and every later one until {@link #restore()}. */
    public void disconnect() {
        state = TcpProxyState.DISCONNECTED;
        sockets.forEach(InterruptibleTcpProxy::closeQuietly);
        sockets.clear();
    }

    /** Drops all bytes without closing connections, as a network partition does. */
    public void stopForwarding() {
        state = TcpProxyState.STALLED;
    }

    /** Closes the connections that have lost bytes, and forwards new ones. */
    public void restore() {
        disconnect();
        state = TcpProxyState.FORWARDING;
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket caller = server.accept();
                if (state == TcpProxyState.DISCONNECTED) {
                    closeQuietly(caller);
                } else {
                    connect(caller, new Socket(InetAddress.getLoopbackAddress(), targetPort));
                }
            } catch (IOException e) {
                if (!server.isClosed()) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }

    private void connect(Socket caller, Socket database) {
        sockets.add(caller);
        sockets.add(database);
        Thread.ofVirtual().start(() -> relay(caller, database));
        Thread.ofVirtual().start(() -> relay(database, caller));
    }

    private void relay(Socket from, Socket to) {
        byte[] buffer = new byte[8192];
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                if (state != TcpProxyState.STALLED) {
                    out.write(buffer, 0, read);
                }
            }
        } catch (IOException e) {
            // One socket was closed. The other is closed at the end of this block.
        }
    }

    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        disconnect();
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
