package dev.gatefold.testing;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Stands before replicas as a Kubernetes Service does: each new connection goes to the next replica whose readiness probe
 * succeeded last, and stays with it for as long as the two ends like. It knows no requests, so that it can neither repeat
 * nor redirect any, and a connection that a replica refuses is the caller's failure.
 */
public final class TcpLoadBalancer implements Closeable {
    private static final Duration PROBE_EVERY = Duration.ofMillis(500);
    private static final int BUFFER = 8192;

    private final class Backend {
        private final PackagedService replica;
        private volatile boolean ready;

        Backend(PackagedService replica) {
            this.replica = replica;
        }

        /** Each by itself, so that a replica that is slow does not hide that another is going. */
        void probeReadiness() {
            try {
                while (backends.contains(this)) {
                    ready = isReady();
                    Thread.sleep(PROBE_EVERY);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        private boolean isReady() throws InterruptedException {
            try {
                return replica.getManagement("/q/health/ready").statusCode() == 200;
            } catch (IOException e) {
                return false;
            }
        }
    }

    private final List<Backend> backends = new CopyOnWriteArrayList<>();
    private final AtomicInteger turn = new AtomicInteger();
    private final ServerSocket server;

    public TcpLoadBalancer() {
        try {
            server = new ServerSocket(0, 1000, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::accept);
    }

    public int port() {
        return server.getLocalPort();
    }

    /** From the first probe on that succeeds. */
    public void add(PackagedService replica) {
        Backend backend = new Backend(replica);
        backends.add(backend);
        Thread.ofVirtual().start(backend::probeReadiness);
    }

    public void remove(PackagedService replica) {
        backends.removeIf(backend -> backend.replica.equals(replica));
    }

    public long readyReplicas() {
        return backends.stream().filter(backend -> backend.ready).count();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket caller = server.accept();
                Thread.ofVirtual().start(() -> connect(caller));
            } catch (IOException e) {
                if (!server.isClosed()) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }

    private void connect(Socket caller) {
        List<Backend> ready = backends.stream().filter(backend -> backend.ready).toList();
        try (caller) {
            Backend backend = ready.get(Math.floorMod(turn.getAndIncrement(), ready.size()));
            int port = URI.create(backend.replica.url()).getPort();
            try (Socket service = new Socket(InetAddress.getLoopbackAddress(), port)) {
                Thread there = Thread.ofVirtual().start(() -> copyBytes(caller, service));
                copyBytes(service, caller);
                there.join();
            }
        } catch (IOException e) {
            // nobody listens there any more: the caller is hung up on
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** When one end has said all it had to say, the other is told so. */
    private static void copyBytes(Socket from, Socket to) {
        byte[] buffer = new byte[BUFFER];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                out.write(buffer, 0, read);
            }
            to.shutdownOutput();
        } catch (IOException e) {
            // one end was closed
        }
    }

    @Override
    public void close() {
        backends.clear();
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
