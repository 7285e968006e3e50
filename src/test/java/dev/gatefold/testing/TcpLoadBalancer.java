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
 * Balances TCP connections across replicas, as a Kubernetes Service does. Each new connection goes to the next replica
 * whose last readiness probe succeeded, and stays there until one side closes it. The balancer does not parse HTTP, so it
 * cannot retry a request: if a replica refuses a connection, the caller sees the failure.
 */
public final class TcpLoadBalancer implements Closeable {
    private static final Duration PROBE_INTERVAL = Duration.ofMillis(500);
    private static final int BUFFER_BYTES = 8192;

    private final class Backend {
        private final PackagedService replica;
        private volatile boolean ready;

        Backend(PackagedService replica) {
            this.replica = replica;
        }

        /** Probes on a thread per replica, so that a slow replica does not delay the probes of others. */
        void probeReadiness() {
            try {
                while (backends.contains(this)) {
                    ready = isReady();
                    Thread.sleep(PROBE_INTERVAL);
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
    private final AtomicInteger nextConnection = new AtomicInteger();
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

    /** Adds a replica, which gets connections after its first successful probe. */
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
            Backend backend = ready.get(Math.floorMod(nextConnection.getAndIncrement(), ready.size()));
            int port = URI.create(backend.replica.url()).getPort();
            try (Socket service = new Socket(InetAddress.getLoopbackAddress(), port)) {
                Thread upstream = Thread.ofVirtual().start(() -> copyBytes(caller, service));
                copyBytes(service, caller);
                upstream.join();
            }
        } catch (IOException e) {
            // The replica no longer accepts connections. The caller's connection is closed.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Copies until the end of the stream, and then closes the other side's output. */
    private static void copyBytes(Socket from, Socket to) {
        byte[] buffer = new byte[BUFFER_BYTES];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                out.write(buffer, 0, read);
            }
            to.shutdownOutput();
        } catch (IOException e) {
            // One socket was closed.
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
