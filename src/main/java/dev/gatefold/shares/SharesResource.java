package dev.gatefold.shares;

import dev.gatefold.shares.MemberShares.ShareLinkResult;
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
import org.jboss.resteasy.reactive.ResponseHeader;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestResponse;

/** Lets a member create, list and revoke share links. */
@Path("/v1/me/shares")
@Authenticated
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Membership")
class SharesResource {
    /** The article to share, by its URL. */
    record CreateShareRequest(@NotNull String url) {}

    private final MemberShares shares;
    private final SecurityIdentity identity;
    private final Clock clock;

    SharesResource(MemberShares shares, SecurityIdentity identity, Clock clock) {
        this.shares = shares;
        this.identity = identity;
        this.clock = clock;
    }

    @POST
    @ResponseStatus(201)
    @Operation(
            operationId = "createShare",
            summary = "Share an article",
            description = "Creates a link with which a few devices can open the article for some days. The number of "
                    + "articles a month is limited. If the caller already shares the article, returns that link.")
    @APIResponse(
            responseCode = "201",
            description = "The link was created",
            content = @Content(schema = @Schema(implementation = ShareLink.class)))
    @APIResponse(responseCode = "200", description = "The caller already shares the article by this link")
    @APIResponse(
            responseCode = "409",
            description = "members-give: the caller is not a member; share-budget-spent: the monthly limit is reached")
    public RestResponse<ShareLink> createShare(@NotNull CreateShareRequest request) {
        ShareLinkResult result =
                shares.createOrReuse(Caller.of(identity).requireReader(), request.url, "/url", clock.instant());
        return RestResponse.ResponseBuilder.<ShareLink>create(result.isNew() ? 201 : 200)
                .entity(result.link())
                .build();
    }

    @GET
    @ResponseHeader(name = "Cache-Control", value = "no-store")
    @Operation(
            operationId = "listShares",
            summary = "List the caller's share links",
            description =
                    "Returns all links, newest first, and how many more articles the caller can share this month.")
    public ShareLinkList listShares() {
        return shares.list(Caller.of(identity).requireReader(), clock.instant());
    }

    @DELETE
    @Path("/{code}")
    @Operation(
            operationId = "revokeShare",
            summary = "Revoke a share link",
            description = "The link stops working. It still counts towards the monthly limit.")
    @APIResponse(responseCode = "204", description = "The link no longer works")
    public void revokeShare(@RestPath String code) {
        shares.revoke(Caller.of(identity).requireReader(), code, clock.instant());
    }
}
