package dev.gatefold.sandbox.stripe;

import com.sun.net.httpserver.HttpHandler;
import dev.gatefold.sandbox.http.LoopbackServer;
import dev.gatefold.sandbox.http.SandboxHttp;
import dev.gatefold.sandbox.stripe.api.SandboxApiHandler;
import dev.gatefold.sandbox.stripe.api.SandboxApiRoutes;
import dev.gatefold.sandbox.stripe.api.SandboxComponents;
import dev.gatefold.sandbox.stripe.api.SandboxOutages;
import dev.gatefold.sandbox.stripe.control.SandboxControlHandler;
import dev.gatefold.sandbox.stripe.control.SandboxControls;
import dev.gatefold.sandbox.stripe.pages.SandboxPagesHandler;
import dev.gatefold.sandbox.stripe.state.SandboxState;
import dev.gatefold.sandbox.stripe.state.SandboxStateFile;
import dev.gatefold.sandbox.stripe.webhooks.SandboxWebhookSender;
import java.io.Closeable;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * An HTTP server that behaves like Stripe. It is separate from the service, so that it survives live reloads and can be slow
 * or down by itself. Its pages and controls need no sign-in, so it listens on the loopback interface only.
 */
public final class StripeSandbox implements Closeable {
    /** The setting with the URL of this sandbox. It is unset where the service uses another Stripe. */
    public static final String URL_PROPERTY = "sandbox.stripe.url";

    private static final Logger LOG = Logger.getLogger(StripeSandbox.class);
    private static final int PREFERRED_PORT = 8181;

    private final LoopbackServer server;
    private final Semaphore handledRequests = new Semaphore(0);
    private final SandboxStateFile stateFile;
    private final SandboxState state;
    private final SandboxComponents components;
    private final SandboxApiHandler api;

    private StripeSandbox(int preferredPort, Clock clock, SandboxStateFile stateFile) {
        this.server = LoopbackServer.bind(preferredPort);
        this.stateFile = stateFile;
        state = new SandboxState(clock);
        stateFile.load().ifPresent(state::restore);
        components = new SandboxComponents(state, url());
        components.catalog.seed();
        components.checkoutSessions.updateUrls();
        components.invoices.updateUrls();
        SandboxOutages outages = new SandboxOutages();
        api = new SandboxApiHandler(
                state,
                new SandboxApiRoutes(state, components).routes(),
                components.events,
                components.lifecycle,
                outages);
        SandboxControls controls = new SandboxControls(state, components, outages, url(), this::processDue);
        SandboxControlHandler controlHandler = controls.handler();
        SandboxPagesHandler pages = new SandboxPagesHandler(state, components, outages, controls, controlHandler);
        handle("/v1", api::handle);
        handle("/controls", controlHandler::handle);
        handle("/", pages::handle);
        server.start();
        server.threads().execute(this::runDueInBackground);
    }

    /**
     * Starts a sandbox on port 8181, or on a free port if that one is in use.
     *
     * @param clock clock by which trials end, renewals fall due and webhooks are signed
     * @param stateFile file that the state is restored from and saved to
     */
    public static StripeSandbox start(Clock clock, Path stateFile) {
        return new StripeSandbox(PREFERRED_PORT, clock, SandboxStateFile.at(stateFile));
    }

    /** Starts a sandbox on a free port, without a state file, for tests. */
    public static StripeSandbox startOnFreePort(Clock clock) {
        return new StripeSandbox(0, clock, SandboxStateFile.disabled());
    }

    /** Returns the base URL of the API, the control endpoints and the pages. */
    public String url() {
        return server.url();
    }

    /** Returns the API key that is accepted unless {@link #setAcceptedApiKeys} has replaced it. */
    public String apiKey() {
        return SandboxApiHandler.KEY;
    }

    /** Replaces the accepted API keys, to simulate that a key is rolled. */
    public void setAcceptedApiKeys(String... keys) {
        api.setAcceptedKeys(Set.of(keys));
    }

    /** Returns the secret that signs webhooks. */
    public String webhookSecret() {
        return SandboxWebhookSender.WEBHOOK_SECRET;
    }

    /** Returns the settings that make the service use this sandbox. */
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

    /** Runs everything that is due by now, in order, and delivers the webhooks. Returns when they have been answered. */
    public void processDue() {
        runDueAndDeliver();
        save();
    }

    private boolean runDueAndDeliver() {
        boolean anyDue = state.locked(() -> components.lifecycle.runDue(state.clockInstant()));
        boolean anyDelivered = components.deliveries.deliver();
        return anyDue || anyDelivered;
    }

    private void save() {
        stateFile.save(() -> state.locked(state::toJson));
    }

    /** Runs due work after each request and at least once a second, until the server is closed. */
    private void runDueInBackground() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                boolean requested = handledRequests.tryAcquire(1, TimeUnit.SECONDS);
                handledRequests.drainPermits();
                try {
                    if (runDueAndDeliver() || requested) {
                        save();
                    }
                } catch (RuntimeException e) {
                    LOG.error("The Stripe sandbox failed to process due work; it tries again within a second", e);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void handle(String path, HttpHandler handler) {
        server.handle(path, exchange -> {
            try {
                if (SandboxHttp.hasLocalOrigin(exchange)) {
                    handler.handle(exchange);
                } else {
                    SandboxHttp.respond(exchange, 400, "text/plain; charset=utf-8", "Wrong origin");
                }
            } catch (RuntimeException e) {
                LOG.errorf(e, "The Stripe sandbox failed to handle %s", exchange.getRequestURI());
                throw e;
            } finally {
                handledRequests.release();
            }
        });
    }

    @Override
    public void close() {
        server.close();
        components.deliveries.close();
        save();
    }
}
