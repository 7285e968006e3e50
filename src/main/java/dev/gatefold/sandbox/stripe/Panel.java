package dev.gatefold.sandbox.stripe;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** The controls, each with what it moves. Where time may have passed, that is played first. */
final class Panel {
    private final World world;
    private final Works works;
    private final Outages outages;
    private final StripeSandbox sandbox;

    Panel(World world, Works works, Outages outages, StripeSandbox sandbox) {
        this.world = world;
        this.works = works;
        this.outages = outages;
        this.sandbox = sandbox;
    }

    Controls controls() {
        Controls controls = new Controls();
        Webhooks webhooks = new Webhooks(world, works.deliveries);
        controls.on("GET", (path, body) -> world.locked(this::glance));
        controls.on("DELETE", (path, body) -> world.locked(this::forget));
        controls.on("PUT webhooks", (path, body) -> webhooks.set(body));
        controls.on("POST webhooks", (path, body) -> switch (last(path)) {
            case "release" -> webhooks.release(body);
            case "replay" -> webhooks.replay(body);
            default -> throw Refusal.of(404, "Release or replay?");
        });
        controls.on("PUT api", (path, body) -> api(body));
        controls.on("PUT billing", (path, body) -> world.locked(() -> billing(body)));
        controls.on("PUT customers", (path, body) -> played(() -> card(path.get(1), body)));
        controls.on(
                "POST subscriptions",
                (path, body) -> played(() -> new Levers(world, works)
                        .pull(path.get(1), last(path), body)
                        .deepCopy()));
        controls.on("POST sessions", (path, body) -> Json.object().put("redirect", buy(path.get(1), last(path))));
        controls.on("POST settle", (path, body) -> played(Json::object));
        return controls;
    }

    private static String last(List<String> path) {
        return path.getLast();
    }

    private JsonNode played(Supplier<JsonNode> work) {
        JsonNode answer = world.locked(() -> {
            works.lives.play(world.clock());
            return work.get();
        });
        sandbox.settle();
        return answer;
    }

    private JsonNode glance() {
        ObjectNode glance = Json.object();
        glance.put("url", sandbox.url()).put("now", world.clock().toString());
        glance.set("api", Json.of(outages.weather()));
        ObjectNode webhooks =
                glance.putObject("webhooks").put("mode", works.deliveries.mode().name());
        webhooks.setAll(world.settings("webhooks"));
        glance.set("billing", world.settings("billing").deepCopy());
        ObjectNode counts = glance.putObject("counts");
        for (String kind : List.of("customer", "checkout.session", "subscription", "invoice", "charge", "event")) {
            counts.put(kind, world.all(kind).size());
        }
        ObjectNode events = glance.putObject("events");
        for (Deliveries.State state : Deliveries.State.values()) {
            events.put(
                    state.name(),
                    world.all("event").stream()
                            .filter(it -> works.deliveries.state(it) == state)
                            .count());
        }
        world.all("event").stream()
                .filter(it -> works.deliveries.state(it) == Deliveries.State.HELD)
                .forEach(it -> glance.withArray("/held")
                        .addObject()
                        .put("id", World.id(it))
                        .put("type", it.path("type").asText()));
        return glance;
    }

    /** Everything but where the service listens. */
    private JsonNode forget() {
        Optional<String> url = Json.text(world.settings("webhooks"), "url");
        world.clear();
        url.ifPresent(it -> world.settings("webhooks").put("url", it));
        outages.change(Outages.Weather.FAIR);
        works.catalogue.seed();
        return glance();
    }

    private JsonNode api(JsonNode body) {
        Outages.Weather weather = new Outages.Weather(
                Outages.Mode.valueOf(body.path("mode").asText(Outages.Mode.UP.name())),
                body.path("latencyMs").asLong(),
                body.path("failEvery").asInt() > 0 ? body.path("failEvery").asInt() : null);
        outages.change(weather);
        return Json.of(weather);
    }

    private JsonNode billing(JsonNode body) {
        Collecting.Ending ending =
                Collecting.Ending.valueOf(body.path("afterRetries").asText());
        return world.settings("billing").put("afterRetries", ending.name()).deepCopy();
    }

    private JsonNode card(String customer, JsonNode body) {
        Cards.Behaviour behaviour =
                Cards.Behaviour.valueOf(body.path("behaviour").asText());
        return works.cards
                .replace(works.subscriptions.customer(customer), behaviour)
                .deepCopy();
    }

    /** Where the buyer is sent by it. */
    String buy(String session, String action) {
        world.locked(() -> {
            works.lives.play(world.clock());
            return session;
        });
        return switch (action) {
            case "pay" -> works.till.pay(session, Cards.Behaviour.GOOD);
            case "pay-with-delay" -> works.till.pay(session, Cards.Behaviour.DELAYED);
            case "walk-away" -> works.till.walkAway(session);
            case "decline" -> {
                works.till.decline(session);
                yield sandbox.url() + "/pay/" + session;
            }
            default -> throw Refusal.of(404, "No such action: " + action);
        };
    }
}
