package dev.gatefold.shares;

import dev.gatefold.web.http.Caller;
import io.quarkus.security.Authenticated;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestResponse;

@Path("/v1/me/shares")
@Authenticated
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Membership")
class SharesResource {
    /** The article that is to be given away, by its address. */
    record CreateShareRequest(@NotNull String url) {}

    private final MemberShares gifts;
    private final SecurityIdentity identity;
    private final Clock clock;

    SharesResource(MemberShares gifts, SecurityIdentity identity, Clock clock) {
        this.gifts = gifts;
        this.identity = identity;
        this.clock = clock;
    }

    @POST
    @ResponseStatus(201)
    @Operation(
            summary = "Give an article away",
            description = "A link that the first devices may open for some days, from a monthly budget. "
                    + "The same article again is the same link, as long as it is good.")
    @APIResponse(
            responseCode = "201",
            description = "The link is new",
            content = @Content(schema = @Schema(implementation = MemberShares.ShareLink.class)))
    @APIResponse(responseCode = "200", description = "The link existed")
    @APIResponse(responseCode = "409", description = "No member, or nothing left of the budget")
    public RestResponse<MemberShares.ShareLink> give(@NotNull CreateShareRequest gift) {
        var given = gifts.createOrReuse(Caller.of(identity).requireReader(), gift.url, "/url", clock.instant());
        return RestResponse.ResponseBuilder.<MemberShares.ShareLink>create(given.isNew() ? 201 : 200)
                .entity(given.link())
                .build();
    }

    @GET
    @Operation(summary = "What the caller has given away", description = "Every link, and how many more this month.")
    public MemberShares.ShareLinkList list() {
        return gifts.list(Caller.of(identity).requireReader(), clock.instant());
    }

    @DELETE
    @Path("/{code}")
    @Operation(summary = "Take a link back", description = "From now on it opens nothing; it stays counted.")
    @APIResponse(responseCode = "204", description = "It opens nothing")
    public void revoke(@RestPath String code) {
        gifts.revoke(Caller.of(identity).requireReader(), code, clock.instant());
    }
}
