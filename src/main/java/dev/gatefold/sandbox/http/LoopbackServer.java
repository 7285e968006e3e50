package dev.gatefold.sandbox.http;

import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * An HTTP server on the loopback interface. The stand-ins have no authentication, so no other machine may reach them. Requests
 * with a foreign {@code Host} are rejected with 400.
 */
public final class LoopbackServer implements Closeable {
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    private LoopbackServer(HttpServer server) {
        this.server = server;
        server.setExecutor(threads);
    }

    /**
     * Binds the port, or a free port if the preferred one is in use. The server answers after {@link #start}.
     *
     * @param preferredPort 0 for any free port
     */
    public static LoopbackServer bind(int preferredPort) {
        try {
            return new LoopbackServer(create(preferredPort));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static HttpServer create(int port) throws IOException {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        try {
            return HttpServer.create(new InetSocketAddress(loopback, port), 0);
        } catch (BindException e) {
            return HttpServer.create(new InetSocketAddress(loopback, 0), 0);
        }
    }

    /** Returns the base URL, without a trailing slash. */
    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Returns the virtual threads that handle requests, for background work that ends with the server. */
    public Executor threads() {
        return threads;
    }

    /** Serves all paths with the prefix by the handler, and closes the exchange after it. */
    public void handle(String pathPrefix, HttpHandler handler) {
        server.createContext(pathPrefix, exchange -> {
            try (exchange) {
                if (SandboxHttp.hasLocalHost(exchange)) {
                    handler.handle(exchange);
                } else {
                    SandboxHttp.respond(exchange, 400, "text/plain; charset=utf-8", "Wrong host");
                }
            }
        });
    }

    /** Starts to answer requests. */
    public void start() {
        server.start();
    }

    @Override
    public void close() {
        threads.shutdownNow();
        server.stop(0);
    }
}
