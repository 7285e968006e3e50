package dev.gatefold.sandbox.stripe;

import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import dev.gatefold.sandbox.stripe.api.SandboxApiHandler;
import dev.gatefold.sandbox.stripe.api.SandboxComponents;
import dev.gatefold.sandbox.stripe.api.SandboxOutages;
import dev.gatefold.sandbox.stripe.control.SandboxControlHandler;
import dev.gatefold.sandbox.stripe.control.SandboxControls;
import dev.gatefold.sandbox.stripe.http.SandboxHttp;
import dev.gatefold.sandbox.stripe.pages.SandboxPagesHandler;
import dev.gatefold.sandbox.stripe.state.SandboxState;
import dev.gatefold.sandbox.stripe.state.SandboxStateFile;
import dev.gatefold.sandbox.stripe.webhooks.SandboxWebhookSender;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * The door of the sandbox: an HTTP server of its own, so that it outlives live reloads of the service and can be slow or
 * down by itself. Whoever can reach it can buy anything, so it listens on the loopback interface only.
 */
public final class StripeSandbox implements Closeable {
    /** The setting that says where it is, where the service has one of its own. */
    public static final String URL_PROPERTY = "sandbox.stripe.url";

    public static final String API_VERSION = "2026-07-29.dahlia";

    private static final Logger LOG = Logger.getLogger(StripeSandbox.class);
    private static final int USUAL_PORT = 8181;

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Semaphore work = new Semaphore(0);
    private final SandboxStateFile kept;
    private final SandboxState world;
    private final SandboxOutages outages = new SandboxOutages();
    private final SandboxComponents works;
    private final SandboxApiHandler api;

    private StripeSandbox(HttpServer server, Clock clock, SandboxStateFile kept) {
        this.server = server;
        this.kept = kept;
        world = new SandboxState(clock);
        kept.load().ifPresent(world::restore);
        works = new SandboxComponents(world, url());
        works.catalog.seed();
        works.checkoutSessions.updateUrls();
        api = new SandboxApiHandler(world, works.routes(), works.events, works.lifecycle, outages);
        SandboxControls panel = new SandboxControls(world, works, outages, this);
        SandboxControlHandler controls = panel.controls();
        SandboxPagesHandler pages = new SandboxPagesHandler(world, works, outages, panel, controls);
        server.setExecutor(threads);
        handle("/v1", api::handle);
        handle("/controls", controls::handle);
        handle("/", pages::handle);
        server.start();
        threads.execute(this::keepSettling);
    }

    /** At the usual port if that is free, with what was kept in the file before. */
    public static StripeSandbox start(Clock clock, Path kept) {
        try {
            return new StripeSandbox(bind(USUAL_PORT), clock, SandboxStateFile.at(kept));
        } catch (BindException e) {
            return start(0, clock, SandboxStateFile.at(kept));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** For tests: at whatever port is free, and nothing is kept. */
    public static StripeSandbox startOnFreePort(Clock clock) {
        return start(0, clock, SandboxStateFile.disabled());
    }

    private static StripeSandbox start(int port, Clock clock, SandboxStateFile kept) {
        try {
            return new StripeSandbox(bind(port), clock, kept);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static HttpServer bind(int port) throws IOException {
        return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    public String apiKey() {
        return SandboxApiHandler.KEY;
    }

    /** Takes these keys, and no others, as after one was rolled. */
    public void setAcceptedApiKeys(String... keys) {
        api.setAcceptedKeys(Set.of(keys));
    }

    public String webhookSecret() {
        return SandboxWebhookSender.WEBHOOK_SECRET;
    }

    /** What the service needs to know of it. */
    public Map<String, String> settings() {
        return Map.of(
                URL_PROPERTY,
                url(),
                "gatefold.stripe.api-base",
                url(),
                "gatefold.stripe.api-key",
                apiKey(),
                "gatefold.stripe.webhook-secrets",
                webhookSecret());
    }

    /** Plays all that fell due by now, in order, and brings the service what there is to tell. */
    public void processDue() {
        catchUp();
        save();
    }

    /** Whether anything was due. */
    private boolean catchUp() {
        boolean played = world.locked(() -> works.lifecycle.runDue(world.clockInstant()));
        boolean delivered = works.deliveries.deliver();
        return played || delivered;
    }

    private void save() {
        kept.save(() -> world.locked(world::toJson));
    }

    private void keepSettling() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                boolean asked = work.tryAcquire(1, TimeUnit.SECONDS);
                work.drainPermits();
                try {
                    if (catchUp() || asked) {
                        save();
                    }
                } catch (RuntimeException e) {
                    LOG.error("The Stripe sandbox could not settle what is due", e);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void handle(String path, HttpHandler handler) {
        server.createContext(path, exchange -> {
            try (exchange) {
                if (SandboxHttp.isLocal(exchange)) {
                    handler.handle(exchange);
                } else {
                    SandboxHttp.respond(exchange, 400, "text/plain; charset=utf-8", "Wrong host");
                }
            } catch (RuntimeException e) {
                LOG.errorf(e, "The Stripe sandbox failed at %s", exchange.getRequestURI());
                throw e;
            } finally {
                work.release();
            }
        });
    }

    @Override
    public void close() {
        threads.shutdownNow();
        server.stop(0);
        works.deliveries.close();
        save();
    }
}
