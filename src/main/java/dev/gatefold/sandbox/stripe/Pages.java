package dev.gatefold.sandbox.stripe;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;

/** The pages for people: they need no script, and nothing from elsewhere. */
final class Pages {
    private static final String POLICY =
            "default-src 'none'; style-src 'self'; img-src data:; base-uri 'none'; frame-ancestors 'none'";

    private final World world;
    private final Works works;
    private final Panel panel;
    private final Controls controls;
    private final CheckoutPage checkout;
    private final PortalPage portal;
    private final Console console;

    Pages(World world, Works works, Outages outages, Panel panel, Controls controls) {
        this.world = world;
        this.works = works;
        this.panel = panel;
        this.controls = controls;
        this.checkout = new CheckoutPage(world);
        this.portal = new PortalPage(world, works);
        this.console = new Console(world, works, outages);
    }

    void handle(HttpExchange exchange) throws IOException {
        List<String> path = Arrays.stream(exchange.getRequestURI().getPath().split("/"))
                .filter(it -> !it.isEmpty())
                .toList();
        try {
            if (exchange.getRequestMethod().equals("POST")) {
                Http.redirect(exchange, act(path, Form.decode(Http.body(exchange))));
            } else {
                show(exchange, path);
            }
        } catch (Refusal refusal) {
            answer(
                    exchange,
                    refusal.status(),
                    new Html("<h1>That did not work</h1><p>{{why}}</p><p><a href=\"/\">To the console</a></p>")
                            .with("why", refusal.getMessage())
                            .framed("That did not work"));
        }
    }

    private void show(HttpExchange exchange, List<String> path) throws IOException {
        switch (path.isEmpty() ? "" : path.getFirst()) {
            case "" -> answer(exchange, 200, played(console::show));
            case "pay" -> answer(exchange, 200, played(() -> checkout.show(path.getLast())));
            case "portal" -> answer(exchange, 200, played(() -> portal.show(path.getLast())));
            case "style.css" -> Http.answer(exchange, 200, "text/css; charset=utf-8", Json.resource("style.css"));
            default -> throw Refusal.of(404, "There is no such page.");
        }
    }

    private <T> T played(Supplier<T> work) {
        return world.locked(() -> {
            works.lives.play(world.clock());
            return work.get();
        });
    }

    /** Does what the button says, and tells where to go on. */
    private String act(List<String> path, Form form) {
        if (path.size() < 2) {
            throw Refusal.of(404, "There is no such page.");
        }
        return switch (path.getFirst()) {
            case "pay" -> panel.buy(path.get(1), path.getLast());
            case "portal" ->
                atPortal(path.get(1), path.getLast(), form.text("subject").orElse(""));
            case "do" -> {
                controls.turn(path.get(1), path.subList(2, path.size()), json(form));
                yield "/";
            }
            default -> throw Refusal.of(404, "There is no such page.");
        };
    }

    private String atPortal(String id, String action, String subject) {
        return played(() -> {
            works.portal.act(world.get("billing_portal.session", id), action, subject);
            return "/portal/" + id;
        });
    }

    /** A form of the console as the control's JSON: numbers are numbers, and what is empty is null. */
    private static JsonNode json(Form form) {
        ObjectNode json = Json.object();
        form.fields()
                .properties()
                .forEach(field ->
                        json.set(field.getKey(), literal(field.getValue().asText())));
        return json;
    }

    private static JsonNode literal(String text) {
        try {
            return text.isEmpty()
                    ? NullNode.getInstance()
                    : text.matches("\\d+|true|false") ? Json.parse(text) : Json.of(text);
        } catch (JsonProcessingException e) {
            return Json.of(text);
        }
    }

    private static void answer(HttpExchange exchange, int status, Html page) throws IOException {
        exchange.getResponseHeaders().set("Content-Security-Policy", POLICY);
        exchange.getResponseHeaders().set("X-Content-Type-Options", "nosniff");
        Http.answer(exchange, status, "text/html; charset=utf-8", page.source());
    }
}
