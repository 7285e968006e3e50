package dev.gatefold.access.http;

import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.core.Context;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jboss.resteasy.reactive.RestHeader;
import org.jboss.resteasy.reactive.RestQuery;

/** Query parameters and headers that all access endpoints accept. */
public final class AccessParams {
    @RestQuery
    @Parameter(description = "Platform that shows the decision: web (default), ios or android")
    String surface;

    @RestQuery
    @Parameter(description = "Adds the steps that led to the decision, the deciding one first")
    boolean explain;

    @RestHeader("X-Visitor")
    @Parameter(description = "Visitor token from POST /v1/visitors")
    String visitor;

    @RestHeader("X-Share")
    @Parameter(description = "Code of a share link")
    String share;

    @Context
    HttpServerRequest request;
}
