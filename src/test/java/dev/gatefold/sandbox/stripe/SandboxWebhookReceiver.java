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

/** A service that takes webhooks, as far as they are genuine by Stripe's own judgement. */
public final class SandboxWebhookReceiver implements AutoCloseable {
    /** The check's own tolerance is for real time; the sandbox signs by the moved clock. */
    private static final long ANY_AGE = 0;

    private final List<Event> received = new CopyOnWriteArrayList<>();
    private final HttpServer server;
    private final String secret;
    private volatile int answers = 200;
    private volatile String awaits = "";
    private volatile CountDownLatch mayAnswer = new CountDownLatch(0);

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
            if (event.getType().equals(awaits)) {
                mayAnswer.await();
            }
            exchange.sendResponseHeaders(answers, -1);
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
        answers = status;
    }

    /** Keeps the sender of such an event waiting. */
    public void delayResponseOf(String type, CountDownLatch latch) {
        mayAnswer = latch;
        awaits = type;
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
