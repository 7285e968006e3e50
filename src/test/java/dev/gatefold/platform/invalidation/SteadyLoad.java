package dev.gatefold.platform.invalidation;

import static org.awaitility.Awaitility.await;

import com.google.common.util.concurrent.Uninterruptibles;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.io.Closeable;
import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/**
 * Sends requests at a constant rate over persistent connections, whether or not earlier responses have arrived. Does not
 * retry.
 */
final class SteadyLoad implements Closeable {
    /** @param body empty for a GET */
    record LoadRequest(String path, Map<String, String> headers, String body) {}

    /** The usual timeout of gateways. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final int CONNECTIONS = 64;

    /**
     * Shorter than the shutdown delay of a replica: a connection that is idle for the whole delay receives no
     * "Connection: close", and HTTP/1.1 has no other way to announce the end.
     */
    private static final int IDLE_SECONDS = 2;

    private final Vertx vertx = Vertx.vertx();
    private final HttpClient client;
    private final int port;
    private final long period;
    private final Supplier<LoadRequest> requests;
    private final Queue<String> failures = new ConcurrentLinkedQueue<>();
    private final Queue<Long> micros = new ConcurrentLinkedQueue<>();
    private final AtomicLong requestCount = new AtomicLong();
    private final AtomicLong ended = new AtomicLong();
    private final Thread thread;
    private volatile boolean stopping;

    SteadyLoad(int port, int perSecond, Supplier<LoadRequest> requests) {
        this.port = port;
        this.period = Duration.ofSeconds(1).toNanos() / perSecond;
        this.requests = requests;
        client = vertx.createHttpClient(new HttpClientOptions()
                .setMaxPoolSize(CONNECTIONS)
                .setMaxWaitQueueSize(-1)
                .setKeepAliveTimeout(IDLE_SECONDS));
        thread = Thread.ofPlatform().start(this::send);
    }

    private void send() {
        long next = System.nanoTime();
        while (!stopping) {
            LockSupport.parkNanos(next - System.nanoTime());
            if (System.nanoTime() - next >= 0) {
                next += period;
                send(requests.get());
            }
        }
    }

    private void send(LoadRequest request) {
        requestCount.incrementAndGet();
        long begun = System.nanoTime();
        var options = new RequestOptions()
                .setHost("127.0.0.1")
                .setPort(port)
                .setURI(request.path)
                .setMethod(request.body.isEmpty() ? HttpMethod.GET : HttpMethod.POST)
                .setTimeout(PATIENCE.toMillis());
        request.headers.forEach(options::putHeader);
        client.request(options)
                .compose(sent -> sent.send(Buffer.buffer(request.body)))
                .compose(answer -> answer.body()
                        .compose(body -> answer.statusCode() == 200
                                ? Future.succeededFuture()
                                : Future.failedFuture(answer.statusCode() + " " + body)))
                .onComplete(outcome -> {
                    if (outcome.failed()) {
                        failures.add(request.path + ": " + outcome.cause());
                    }
                    micros.add(Duration.ofNanos(System.nanoTime() - begun).toNanos() / 1000);
                    ended.incrementAndGet();
                });
    }

    /** Stops sending, and returns when all responses have arrived. */
    void stop() throws InterruptedException {
        stopping = true;
        thread.join();
        await().atMost(PATIENCE.plusSeconds(10)).until(() -> ended.get() >= requestCount.get());
    }

    long requestCount() {
        return requestCount.get();
    }

    Queue<String> failures() {
        return failures;
    }

    /** Returns the latency in milliseconds, from the scheduled time of the request. */
    double latencyPercentile(double share) {
        long[] sorted = micros.stream().mapToLong(Long::longValue).sorted().toArray();
        return sorted[(int) Math.min(sorted.length - 1, Math.floor(sorted.length * share))] / 1000.0;
    }

    @Override
    public void close() {
        stopping = true;
        Uninterruptibles.joinUninterruptibly(thread);
        client.close();
        vertx.close();
    }
}
