package dev.gatefold.accounts.account;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.gatefold.accounts.visitors.VisitorTokens;
import dev.gatefold.web.http.Caller;
import io.quarkus.security.Authenticated;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jboss.resteasy.reactive.RestHeader;
import org.jboss.resteasy.reactive.RestResponse;

@Path("/v1/accounts")
@Authenticated
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Accounts")
final class AccountsResource {
    /** All of it is optional; what is not said is taken from the token. */
    static final class SignUpRequest extends AccountPatch {
        @JsonProperty
        boolean startTrial;
    }

    private final SignUpService signUp;
    private final VisitorTokens visitors;
    private final SecurityIdentity identity;
    private final Clock clock;

    AccountsResource(SignUpService signUp, VisitorTokens visitors, SecurityIdentity identity, Clock clock) {
        this.signUp = signUp;
        this.visitors = visitors;
        this.identity = identity;
        this.clock = clock;
    }

    @POST
    @ResponseStatus(201)
    @Operation(
            summary = "Sign up",
            description = "Makes the caller's account; again, it answers the one that exists. "
                    + "With X-Visitor, what the visitor has read joins what the account has.")
    @APIResponse(
            responseCode = "201",
            description = "The account is new",
            content = @Content(schema = @Schema(implementation = AccountProfile.class)))
    @APIResponse(responseCode = "200", description = "The account existed")
    public RestResponse<AccountProfile> signUp(
            @RequestBody(required = false) SignUpRequest application, @RestHeader("X-Visitor") String visitorToken) {
        Caller caller = Caller.of(identity);
        Instant now = clock.instant();
        SignUpRequest said = application == null ? new SignUpRequest() : application;
        said.validate();
        var outcome = signUp.signUp(
                caller, said.withDefaultsFrom(caller), visitors.find(visitorToken, now), said.startTrial, now);
        return outcome.isNew()
                ? RestResponse.ResponseBuilder.<AccountProfile>create(RestResponse.Status.CREATED)
                        .header("Location", "/v1/me")
                        .entity(AccountProfile.of(outcome.account()))
                        .build()
                : RestResponse.ok(AccountProfile.of(outcome.account()));
    }
}
