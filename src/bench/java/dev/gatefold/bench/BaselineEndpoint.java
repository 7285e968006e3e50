package dev.gatefold.bench;

import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** What the stack costs by itself: an endpoint on the event loop that asks nothing and answers a constant. */
@Path("/bench/baseline")
@PermitAll
final class BaselineEndpoint {
    private static final String CONSTANT = "\"" + "x".repeat(327) + "\"";

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    public Uni<String> answer() {
        return Uni.createFrom().item(CONSTANT);
    }
}
