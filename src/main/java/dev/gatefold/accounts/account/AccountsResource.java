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

/** Endpoint for signing up. */
@Path("/v1/accounts")
@Authenticated
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Accounts")
final class AccountsResource {
    /** The profile of the new account. All members are optional and default to the claims of the token. */
    static final class SignUpRequest extends AccountPatch {
        @JsonProperty
        boolean startTrial;
    }

    private final SignUpService signUp;
    private final VisitorTokens visitorTokens;
    private final SecurityIdentity identity;
    private final Clock clock;

    AccountsResource(SignUpService signUp, VisitorTokens visitorTokens, SecurityIdentity identity, Clock clock) {
        this.signUp = signUp;
        this.visitorTokens = visitorTokens;
        this.identity = identity;
        this.clock = clock;
    }

    /** Creates the account of the caller. */
    @POST
    @ResponseStatus(201)
    @Operation(
            operationId = "createAccount",
            summary = "Sign up",
            description =
                    "Creates the account of the caller, or returns the existing one with the e-mail address of the token. "
                            + "With X-Visitor, the articles that the visitor has read are added to the meters of the account.")
    @APIResponse(
            responseCode = "201",
            description = "The account was created",
            content = @Content(schema = @Schema(implementation = AccountProfile.class)))
    @APIResponse(responseCode = "200", description = "The account already existed")
    public RestResponse<AccountProfile> signUp(
            @RequestBody(required = false) SignUpRequest body, @RestHeader("X-Visitor") String visitorToken) {
        Caller caller = Caller.of(identity);
        Instant now = clock.instant();
        SignUpRequest request = body == null ? new SignUpRequest() : body;
        request.validate();
        var result = signUp.signUp(
                caller,
                request.withDefaultsFrom(caller),
                visitorTokens.find(visitorToken, now),
                request.startTrial,
                now);
        return result.isNew()
                ? RestResponse.ResponseBuilder.<AccountProfile>create(RestResponse.Status.CREATED)
                        .header("Location", "/v1/me")
                        .entity(AccountProfile.of(result.account()))
                        .build()
                : RestResponse.ok(AccountProfile.of(result.account()));
    }
}
