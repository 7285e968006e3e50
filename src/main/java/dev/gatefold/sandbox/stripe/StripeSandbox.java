package dev.gatefold.sandbox.stripe;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Clock;
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
    static final String API_VERSION = "2026-07-29.dahlia";

    private static final Logger LOG = Logger.getLogger(StripeSandbox.class);
    private static final int USUAL_PORT = 8181;

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Semaphore work = new Semaphore(0);
    private final Kept kept;
    private final World world;
    private final Outages outages = new Outages();
    private final Deliveries deliveries;
    private final Events events;
    private final Catalogue catalogue;
    private final Lives lives;

    private StripeSandbox(HttpServer server, Clock clock, Kept kept) {
        this.server = server;
        this.kept = kept;
        world = new World(clock);
        kept.load().ifPresent(world::restore);
        deliveries = new Deliveries(world);
        events = new Events(world, deliveries);
        Cards cards = new Cards(world, events);
        Payments payments = new Payments(world, events, cards);
        Invoices invoices = new Invoices(world, events, payments);
        Endings endings = new Endings(world, events, invoices);
        Collecting collecting = new Collecting(world, events, cards, payments, invoices, endings);
        Starting starting = new Starting(world, events, invoices, collecting);
        Changes changes = new Changes(world, events, cards, starting);
        Subscriptions subscriptions = new Subscriptions(world, cards, starting, changes, endings);
        Customers customers = new Customers(world, events, cards, endings);
        Checkout checkout = new Checkout(world, events, subscriptions, url());
        Till till = new Till(world, events, customers, cards, payments, starting, deliveries);
        catalogue = new Catalogue(world, events);
        lives = new Lives(world, events, cards, invoices, collecting, starting, endings);
        Api api = new Api(world, routes(customers, checkout, subscriptions, invoices), events, lives, outages);
        Controls controls = controls(till);
        catalogue.seed();
        server.setExecutor(threads);
        handle("/v1", api::handle);
        handle("/controls", controls::handle);
        server.start();
        threads.execute(this::keepSettling);
    }

    /** At the usual port if that is free, with what was kept in the file before. */
    public static StripeSandbox start(Clock clock, Path kept) {
        try {
            return new StripeSandbox(bind(USUAL_PORT), clock, Kept.in(kept));
        } catch (BindException e) {
            return start(0, clock, Kept.in(kept));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** For tests: at whatever port is free, and nothing is kept. */
    public static StripeSandbox startAnywhere(Clock clock) {
        return start(0, clock, Kept.nowhere());
    }

    private static StripeSandbox start(int port, Clock clock, Kept kept) {
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
        return Api.KEY;
    }

    public String webhookSecret() {
        return Postman.SECRET;
    }

    /** Plays all that fell due by now, in order, and brings the service what there is to tell. */
    public void settle() {
        world.locked(() -> {
            lives.play(world.clock());
            return null;
        });
        deliveries.deliver();
        save();
    }

    private void save() {
        kept.save(() -> world.locked(world::toJson));
    }

    private void keepSettling() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                if (work.tryAcquire(1, TimeUnit.SECONDS)) {
                    work.drainPermits();
                }
                try {
                    settle();
                } catch (RuntimeException e) {
                    LOG.error("The Stripe sandbox could not settle what is due", e);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Routes routes(Customers customers, Checkout checkout, Subscriptions subscriptions, Invoices invoices) {
        Routes routes = new Routes();
        routes.on("POST customers", customers::create);
        routes.on("GET customers", customers::list);
        routes.on("GET customers/*", get("customer"));
        routes.on("POST customers/*", customers::update);
        routes.on("DELETE customers/*", customers::delete);
        routes.on("POST products", catalogue::createProduct);
        routes.on("GET products", catalogue::listProducts);
        routes.on("GET products/*", get("product"));
        routes.on("POST prices", catalogue::createPrice);
        routes.on("GET prices", catalogue::listPrices);
        routes.on("GET prices/*", get("price"));
        routes.on("POST prices/*", catalogue::updatePrice);
        routes.on("POST checkout/sessions", checkout::create);
        routes.on("GET checkout/sessions", checkout::list);
        routes.on("GET checkout/sessions/*", get("checkout.session"));
        routes.on("GET checkout/sessions/*/line_items", checkout::lineItems);
        routes.on("POST checkout/sessions/*/expire", checkout::expire);
        routes.on("POST subscriptions", subscriptions::create);
        routes.on("GET subscriptions", subscriptions::list);
        routes.on("GET subscriptions/*", get("subscription"));
        routes.on("POST subscriptions/*", subscriptions::update);
        routes.on("DELETE subscriptions/*", subscriptions::cancel);
        routes.on("POST subscriptions/*/resume", subscriptions::resume);
        routes.on("GET subscription_items", subscriptions::items);
        routes.on("GET invoices", invoices::list);
        routes.on("GET invoices/*", get("invoice"));
        routes.on("GET events", events::list);
        routes.on("GET events/*", get("event"));
        return routes;
    }

    private java.util.function.Function<Call, ObjectNode> get(String kind) {
        return call -> world.get(kind, call.id());
    }

    private Controls controls(Till till) {
        Controls controls = new Controls();
        Webhooks webhooks = new Webhooks(world, deliveries);
        controls.on("PUT webhooks", (path, body) -> webhooks.set(body));
        controls.on(
                "POST webhooks",
                (path, body) -> path.contains("release") ? webhooks.release(body) : webhooks.replay(body));
        controls.on("POST sessions", (path, body) -> buy(till, path.get(1), path.get(2)));
        controls.on("POST settle", (path, body) -> {
            settle();
            return Json.object();
        });
        return controls;
    }

    private JsonNode buy(Till till, String session, String action) {
        settle();
        String redirect = switch (action) {
            case "pay" -> till.pay(session, Cards.Behaviour.GOOD);
            case "pay-with-delay" -> till.pay(session, Cards.Behaviour.DELAYED);
            case "walk-away" -> till.walkAway(session);
            case "decline" -> {
                till.decline(session);
                yield url() + "/pay/" + session;
            }
            default -> throw Refusal.of(404, "No such action: " + action);
        };
        return Json.object().put("redirect", redirect);
    }

    private void handle(String path, HttpHandler handler) {
        server.createContext(path, exchange -> {
            try (exchange) {
                if (Http.isOurs(exchange)) {
                    handler.handle(exchange);
                } else {
                    Http.answer(exchange, 400, "text/plain; charset=utf-8", "Wrong host");
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
        deliveries.close();
        save();
    }
}
