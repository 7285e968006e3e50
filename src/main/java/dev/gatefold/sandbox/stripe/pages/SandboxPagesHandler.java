package dev.gatefold.sandbox.stripe.pages;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import dev.gatefold.sandbox.stripe.api.SandboxComponents;
import dev.gatefold.sandbox.stripe.api.SandboxOutages;
import dev.gatefold.sandbox.stripe.control.SandboxControlHandler;
import dev.gatefold.sandbox.stripe.control.SandboxControls;
import dev.gatefold.sandbox.stripe.http.SandboxApiError;
import dev.gatefold.sandbox.stripe.http.SandboxForm;
import dev.gatefold.sandbox.stripe.http.SandboxHttp;
import dev.gatefold.sandbox.stripe.http.SandboxJson;
import dev.gatefold.sandbox.stripe.state.SandboxState;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;

/** The pages for people: they need no script, and nothing from elsewhere. */
public final class SandboxPagesHandler {
    private static final String POLICY =
            "default-src 'none'; style-src 'self'; img-src data:; base-uri 'none'; frame-ancestors 'none'";

    private final SandboxState world;
    private final SandboxComponents works;
    private final SandboxControls panel;
    private final SandboxControlHandler controls;
    private final SandboxCheckoutPage checkout;
    private final SandboxPortalPage portal;
    private final SandboxConsolePage console;

    public SandboxPagesHandler(
            SandboxState world,
            SandboxComponents works,
            SandboxOutages outages,
            SandboxControls panel,
            SandboxControlHandler controls) {
        this.world = world;
        this.works = works;
        this.panel = panel;
        this.controls = controls;
        this.checkout = new SandboxCheckoutPage(world);
        this.portal = new SandboxPortalPage(world, works);
        this.console = new SandboxConsolePage(world, works, outages);
    }

    public void handle(HttpExchange exchange) throws IOException {
        List<String> path = Arrays.stream(exchange.getRequestURI().getPath().split("/"))
                .filter(it -> !it.isEmpty())
                .toList();
        try {
            if (exchange.getRequestMethod().equals("POST")) {
                SandboxHttp.redirect(exchange, act(path, SandboxForm.decode(SandboxHttp.body(exchange))));
            } else {
                show(exchange, path);
            }
        } catch (SandboxApiError refusal) {
            answer(
                    exchange,
                    refusal.status(),
                    new SandboxHtml("<h1>That did not work</h1><p>{{why}}</p><p><a href=\"/\">To the console</a></p>")
                            .with("why", refusal.getMessage())
                            .inLayout("That did not work"));
        }
    }

    private void show(HttpExchange exchange, List<String> path) throws IOException {
        switch (path.isEmpty() ? "" : path.getFirst()) {
            case "" -> answer(exchange, 200, played(console::show));
            case "pay" -> answer(exchange, 200, played(() -> checkout.show(path.getLast())));
            case "portal" -> answer(exchange, 200, played(() -> portal.show(path.getLast())));
            case "style.css" ->
                SandboxHttp.respond(exchange, 200, "text/css; charset=utf-8", SandboxJson.resource("style.css"));
            default -> throw SandboxApiError.of(404, "There is no such page.");
        }
    }

    private <T> T played(Supplier<T> work) {
        return world.locked(() -> {
            works.lifecycle.runDue(world.clockInstant());
            return work.get();
        });
    }

    /** Does what the button says, and tells where to go on. */
    private String act(List<String> path, SandboxForm form) {
        if (path.size() < 2) {
            throw SandboxApiError.of(404, "There is no such page.");
        }
        return switch (path.getFirst()) {
            case "pay" -> panel.performCheckoutAction(path.get(1), path.getLast());
            case "portal" ->
                atPortal(path.get(1), path.getLast(), form.text("subject").orElse(""));
            case "do" -> {
                controls.perform(path.get(1), path.subList(2, path.size()), json(form));
                yield "/";
            }
            default -> throw SandboxApiError.of(404, "There is no such page.");
        };
    }

    private String atPortal(String id, String action, String subject) {
        return played(() -> {
            works.portalSessions.perform(world.require("billing_portal.session", id), action, subject);
            return "/portal/" + id;
        });
    }

    /** A form of the console as the control's JSON: numbers are numbers, and what is empty is null. */
    private static JsonNode json(SandboxForm form) {
        ObjectNode json = SandboxJson.object();
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
                    : text.matches("\\d+|true|false") ? SandboxJson.parse(text) : SandboxJson.of(text);
        } catch (JsonProcessingException e) {
            return SandboxJson.of(text);
        }
    }

    private static void answer(HttpExchange exchange, int status, SandboxHtml page) throws IOException {
        exchange.getResponseHeaders().set("Content-Security-Policy", POLICY);
        exchange.getResponseHeaders().set("X-Content-Type-Options", "nosniff");
        SandboxHttp.respond(exchange, status, "text/html; charset=utf-8", page.source());
    }
}
