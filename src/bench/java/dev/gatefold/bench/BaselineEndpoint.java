package dev.gatefold.bench;

import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** A baseline for benchmarks: an endpoint on the event loop that returns a constant without any I/O. */
@Path("/bench/baseline")
@PermitAll
final class BaselineEndpoint {
    private static final String BODY = "\"" + "x".repeat(327) + "\"";

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    public Uni<String> body() {
        return Uni.createFrom().item(BODY);
    }
}
