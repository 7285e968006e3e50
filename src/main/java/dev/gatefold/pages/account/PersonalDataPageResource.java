package dev.gatefold.pages.account;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gatefold.kernel.Identity;
import dev.gatefold.pages.layout.HtmlResponse;
import dev.gatefold.pages.layout.PageRenderer;
import dev.gatefold.pages.session.PageCookie;
import dev.gatefold.pages.session.Viewer;
import dev.gatefold.pages.session.ViewerResolver;
import dev.gatefold.privacy.DataSubjectRequests;
import dev.gatefold.web.SiteConfig;
import dev.gatefold.web.endpoint.HtmlErrors;
import dev.gatefold.web.endpoint.RateLimitExempt;
import dev.gatefold.web.http.PageMessage;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.core.http.HttpServerRequest;
import jakarta.annotation.security.PermitAll;
import jakarta.inject.Singleton;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** Lets readers download their personal data and delete their account, after confirming it on a separate page. */
@Path("/account")
@HtmlErrors
@RateLimitExempt
@Singleton
@PermitAll
class PersonalDataPageResource {
    private static final URI DELETED = URI.create("/account/deleted");

    private final DataSubjectRequests personalData;
    private final ViewerResolver viewers;
    private final PageRenderer pages;
    private final SiteConfig site;
    private final ObjectMapper json;
    private final Clock clock;

    PersonalDataPageResource(
            DataSubjectRequests personalData,
            ViewerResolver viewers,
            PageRenderer pages,
            SiteConfig site,
            ObjectMapper json,
            Clock clock) {
        this.personalData = personalData;
        this.viewers = viewers;
        this.pages = pages;
        this.site = site;
        this.json = json;
        this.clock = clock;
    }

    @POST
    @Path("/data")
    @RunOnVirtualThread
    @Operation(hidden = true)
    public Response download(@FormParam("csrf") String csrf, @Context HttpServerRequest request)
            throws JsonProcessingException {
        Instant now = clock.instant();
        var document = personalData.export(reader(csrf, request, now), now);
        return Response.ok(
                        json.writerWithDefaultPrettyPrinter().writeValueAsString(document),
                        MediaType.APPLICATION_JSON_TYPE)
                .header("Content-Disposition", "attachment; filename=\"gatefold.json\"")
                .header("Cache-Control", "no-store")
                .build();
    }

    @GET
    @Path("/erasure")
    @RunOnVirtualThread
    @Operation(hidden = true)
    public Response confirmErasure(@Context HttpServerRequest request) {
        Viewer viewer = viewers.resolve(request, clock.instant());
        return viewer.reader().isEmpty()
                ? HtmlResponse.redirect(URI.create("/sign-in")).build()
                : pages.render(AccountTemplates.erasure(), viewer).build();
    }

    @POST
    @Path("/erasure")
    @RunOnVirtualThread
    @Operation(hidden = true)
    public Response erase(@FormParam("csrf") String csrf, @Context HttpServerRequest request) {
        Instant now = clock.instant();
        personalData.erase(reader(csrf, request, now), now);
        return HtmlResponse.redirect(DELETED)
                .cookie(
                        PageMessage.ACCOUNT_DELETED.cookie(),
                        PageCookie.SESSION.expired(),
                        PageCookie.ID_TOKEN.expired(),
                        PageCookie.SIGN_IN.expired(),
                        PageCookie.PREVIOUSLY_SIGNED_IN.expired(),
                        PageCookie.VISITOR.expired(),
                        PageCookie.SHARE.expired())
                .build();
    }

    /** Confirms the erasure once. The home page may be on another site, which would not confirm it. */
    @GET
    @Path("/deleted")
    @Operation(hidden = true)
    public Response confirmDeletion(@Context HttpServerRequest request) {
        Viewer viewer = viewers.resolve(request, clock.instant());
        return viewer.message().filter(PageMessage.ACCOUNT_DELETED::equals).isPresent()
                ? pages.render(AccountTemplates.deleted(), viewer).build()
                : HtmlResponse.redirect(site.absoluteHome()).build();
    }

    private Identity reader(String csrf, HttpServerRequest request, Instant now) {
        return viewers.requireFormSender(request, csrf, now).reader().orElseThrow();
    }
}
