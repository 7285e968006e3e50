package dev.gatefold.sandbox.demo;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.gatefold.sandbox.demo.DemoTokens.MintedToken;
import dev.gatefold.sandbox.demo.DemoTokens.TokenRequest;
import dev.gatefold.web.endpoint.RateLimitExempt;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.PermitAll;
import jakarta.inject.Singleton;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Arrays;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Lists the demo readers and creates bearer tokens. Answers 409 where the service uses another issuer. */
@Path("/dev")
@RateLimitExempt
@PermitAll
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Development")
@Singleton
class DemoReadersResource {
    record DemoReaderList(List<DemoReaderView> readers) {}

    /** A demo reader. {@code signInUrl} signs a browser in as this reader; it is null for services and staff. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record DemoReaderView(String name, String state, String about, String token, String signInUrl) {}

    private final DemoReaders readers;
    private final DemoSubscriptions subscriptions;
    private final DemoTokens tokens;

    DemoReadersResource(DemoReaders readers, DemoSubscriptions subscriptions, DemoTokens tokens) {
        this.readers = readers;
        this.subscriptions = subscriptions;
        this.tokens = tokens;
    }

    @GET
    @Path("/readers")
    @RunOnVirtualThread
    @Operation(
            operationId = "listDemoReaders",
            summary = "List the demo readers",
            description = "Returns the demo readers with their membership state and a bearer token that is valid for 24"
                    + " hours. Development only.")
    public DemoReaderList readers() {
        subscriptions.awaitRestored();
        return list();
    }

    @POST
    @Path("/readers")
    @RunOnVirtualThread
    @Operation(
            operationId = "restoreDemoReaders",
            summary = "Restore the demo readers",
            description = "Replaces the subscription of each demo reader who is no longer in the documented membership"
                    + " state. Answers 409 where the service uses another Stripe. Development only.")
    public DemoReaderList restore() {
        subscriptions.restore();
        return list();
    }

    private DemoReaderList list() {
        return new DemoReaderList(Arrays.stream(DemoPersona.values())
                .filter(readers::isAvailable)
                .map(this::view)
                .toList());
    }

    private DemoReaderView view(DemoPersona persona) {
        return new DemoReaderView(
                persona.user().name(),
                persona.state(),
                persona.description(),
                tokens.mint(persona).token(),
                persona.isReader() ? "/sign-in?login_hint=" + persona.user().subject() : null);
    }

    @POST
    @Path("/tokens")
    @RunOnVirtualThread
    @Operation(
            operationId = "createToken",
            summary = "Create a bearer token",
            description = "Returns a token for any subject, with any e-mail address and roles. Missing values are those"
                    + " of the demo reader with that subject. Development only.")
    public MintedToken token(@NotNull @Valid TokenRequest request) {
        subscriptions.awaitRestored();
        return tokens.mint(request);
    }
}
