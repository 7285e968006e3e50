package dev.gatefold.sandbox.stripe.pages;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import dev.gatefold.sandbox.http.SandboxHttp;
import dev.gatefold.sandbox.stripe.api.SandboxComponents;
import dev.gatefold.sandbox.stripe.api.SandboxOutages;
import dev.gatefold.sandbox.stripe.control.SandboxControlHandler;
import dev.gatefold.sandbox.stripe.control.SandboxControls;
import dev.gatefold.sandbox.stripe.http.SandboxApiError;
import dev.gatefold.sandbox.stripe.http.SandboxForm;
import dev.gatefold.sandbox.stripe.http.SandboxJson;
import dev.gatefold.sandbox.stripe.state.SandboxState;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;

/** Serves the Checkout, the portal, the pages of invoices and the console. The pages need no JavaScript and load nothing from other hosts. */
public final class SandboxPagesHandler {
    private static final String POLICY =
            "default-src 'none'; style-src 'self'; img-src data:; base-uri 'none'; frame-ancestors 'none'";

    private final SandboxState state;
    private final SandboxComponents components;
    private final SandboxControls controls;
    private final SandboxControlHandler controlHandler;
    private final SandboxCheckoutPage checkout;
    private final SandboxPortalPage portal;
    private final SandboxInvoicePage invoice;
    private final SandboxConsolePage console;

    public SandboxPagesHandler(
            SandboxState state,
            SandboxComponents components,
            SandboxOutages outages,
            SandboxControls controls,
            SandboxControlHandler controlHandler) {
        this.state = state;
        this.components = components;
        this.controls = controls;
        this.controlHandler = controlHandler;
        this.checkout = new SandboxCheckoutPage(state);
        this.portal = new SandboxPortalPage(state, components);
        this.invoice = new SandboxInvoicePage(state, components);
        this.console = new SandboxConsolePage(state, components, outages);
    }

    /** Shows a page, or performs the action of its form and redirects. */
    public void handle(HttpExchange exchange) throws IOException {
        List<String> path = Arrays.stream(exchange.getRequestURI().getPath().split("/"))
                .filter(it -> !it.isEmpty())
                .toList();
        try {
            if (exchange.getRequestMethod().equals("POST")) {
                SandboxHttp.redirect(
                        exchange, 303, performAction(path, SandboxForm.decode(SandboxHttp.body(exchange))));
            } else {
                show(exchange, path);
            }
        } catch (SandboxApiError error) {
            answer(
                    exchange,
                    error.status(),
                    new SandboxHtml(
                                    "<h1>Request failed</h1><p>{{message}}</p><p><a href=\"/\">Open the console</a></p>")
                            .with("message", error.getMessage())
                            .inLayout("Request failed"));
        }
    }

    private void show(HttpExchange exchange, List<String> path) throws IOException {
        switch (path.isEmpty() ? "" : path.getFirst()) {
            case "" -> answer(exchange, 200, afterRunningDue(console::show));
            case "pay" -> answer(exchange, 200, afterRunningDue(() -> checkout.show(path.getLast())));
            case "portal" -> answer(exchange, 200, afterRunningDue(() -> portal.show(path.getLast())));
            case "invoice" -> answer(exchange, 200, afterRunningDue(() -> invoice.show(path.getLast())));
            case "style.css" ->
                SandboxHttp.respond(exchange, 200, "text/css; charset=utf-8", SandboxJson.resource("style.css"));
            default -> throw SandboxApiError.of(404, "Page not found.");
        }
    }

    private <T> T afterRunningDue(Supplier<T> work) {
        return state.locked(() -> {
            components.lifecycle.runDue(state.clockInstant());
            return work.get();
        });
    }

    /** Performs the action of a button, and returns the URL to redirect to. */
    private String performAction(List<String> path, SandboxForm form) {
        if (path.size() < 2) {
            throw SandboxApiError.of(404, "Page not found.");
        }
        return switch (path.getFirst()) {
            case "pay" -> controls.performCheckoutAction(path.get(1), path.getLast());
            case "portal" -> afterRunningDue(() -> portal.perform(path.get(1), path.getLast(), form));
            case "invoice" -> afterRunningDue(() -> invoice.perform(path.get(1), path.getLast()));
            case "do" -> {
                controlHandler.perform(path.get(1), path.subList(2, path.size()), json(form));
                yield "/";
            }
            default -> throw SandboxApiError.of(404, "Page not found.");
        };
    }

    /** Converts a form of the console to the JSON of a control. Empty fields become null, numbers and booleans are typed. */
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
