package dev.gatefold.sandbox.issuer;

import com.sun.net.httpserver.HttpHandler;

/** Allows requests from scripts of any origin, as single-page applications make them. */
final class CrossOriginHandler {
    private CrossOriginHandler() {}

    static HttpHandler of(HttpHandler handler) {
        return exchange -> {
            exchange.getResponseHeaders().set("Access-Control-Allow-Origin", "*");
            exchange.getResponseHeaders().set("Access-Control-Allow-Headers", "*");
            if ("OPTIONS".equals(exchange.getRequestMethod())) {
                exchange.sendResponseHeaders(204, -1);
            } else {
                handler.handle(exchange);
            }
        };
    }
}
