package dev.gatefold.shares;

import dev.gatefold.kernel.Problem;
import jakarta.annotation.security.PermitAll;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;

@Path("/share/{code}")
@PermitAll
@Tag(name = "Access")
class SharedLinkResource {
    private final Shares shares;
    private final Clock clock;

    SharedLinkResource(Shares shares, Clock clock) {
        this.shares = shares;
        this.clock = clock;
    }

    @GET
    @Operation(
            summary = "To the article that somebody has given away",
            description = "Redirects to the article's own address, with the code in its fragment, which no server is "
                    + "told of: #share=CODE. The page sends it as X-Share with its question.")
    @APIResponse(responseCode = "303", description = "To the article")
    @APIResponse(responseCode = "404", description = "The link has ended, or there never was one")
    @Transactional
    public Response follow(@RestPath String code) {
        Share share = shares.findByIdOptional(code)
                .filter(it -> it.isAlive(clock.instant()))
                .orElseThrow(() -> Problem.notFound("The link has ended, or there never was one"));
        return Response.status(Response.Status.SEE_OTHER)
                .header("Location", share.articleName + "#share=" + code)
                .header("Referrer-Policy", "no-referrer")
                .header("Cache-Control", "no-store")
                .build();
    }
}
