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

/** The wire between the service and its database, which tests cut. */
public final class InterruptibleTcpProxy implements Closeable {
    private enum TcpProxyState {
        WHOLE,
        /** Whoever connects is hung up on. */
        CUT,
        /** Nothing comes through, and nobody is told. */
        DEAD
    }

    private final int to;
    private final ServerSocket server;
    private final Set<Socket> ends = ConcurrentHashMap.newKeySet();
    private volatile TcpProxyState state = TcpProxyState.WHOLE;

    public InterruptibleTcpProxy(int to) {
        this.to = to;
        try {
            server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::accept);
    }

    public int port() {
        return server.getLocalPort();
    }

    public void disconnect() {
        state = TcpProxyState.CUT;
        ends.forEach(InterruptibleTcpProxy::closeQuietly);
        ends.clear();
    }

    public void stopForwarding() {
        state = TcpProxyState.DEAD;
    }

    /** Whoever spoke into a dead wire has given up by then. */
    public void restore() {
        disconnect();
        state = TcpProxyState.WHOLE;
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket caller = server.accept();
                if (state == TcpProxyState.CUT) {
                    closeQuietly(caller);
                } else {
                    connect(caller, new Socket(InetAddress.getLoopbackAddress(), to));
                }
            } catch (IOException e) {
                if (!server.isClosed()) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }

    private void connect(Socket caller, Socket database) {
        ends.add(caller);
        ends.add(database);
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
                if (state != TcpProxyState.DEAD) {
                    out.write(buffer, 0, read);
                }
            }
        } catch (IOException e) {
            // one end was hung up: so is the other, by leaving
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
