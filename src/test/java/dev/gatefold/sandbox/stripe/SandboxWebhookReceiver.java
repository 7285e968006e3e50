package dev.gatefold.sandbox.stripe;

import com.stripe.exception.SignatureVerificationException;
import com.stripe.model.Event;
import com.stripe.net.Webhook;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;

/** An HTTP server that receives webhooks and verifies their signatures with Stripe's own library. */
public final class SandboxWebhookReceiver implements AutoCloseable {
    /** Turns off the check of the age, because the sandbox signs by the moved clock. */
    private static final long ANY_AGE = 0;

    private final List<Event> received = new CopyOnWriteArrayList<>();
    private final HttpServer server;
    private final String secret;
    private volatile int status = 200;
    private volatile String delayedType = "";
    private volatile CountDownLatch delay = new CountDownLatch(0);

    SandboxWebhookReceiver(String secret) {
        this.secret = secret;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::handle);
        server.start();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            String signature = exchange.getRequestHeaders().getFirst("Stripe-Signature");
            Event event = Webhook.constructEvent(body, signature, secret, ANY_AGE);
            received.add(event);
            if (event.getType().equals(delayedType)) {
                delay.await();
            }
            exchange.sendResponseHeaders(status, -1);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (SignatureVerificationException e) {
            exchange.sendResponseHeaders(400, -1);
        }
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    public void respondWith(int status) {
        this.status = status;
    }

    /** Delays the response to events of a type until the latch is released. */
    public void delayResponseOf(String type, CountDownLatch latch) {
        delay = latch;
        delayedType = type;
    }

    public List<Event> received() {
        return List.copyOf(received);
    }

    public List<String> types() {
        return received.stream().map(Event::getType).toList();
    }

    public List<String> ids() {
        return received.stream().map(Event::getId).toList();
    }

    public void clear() {
        received.clear();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
