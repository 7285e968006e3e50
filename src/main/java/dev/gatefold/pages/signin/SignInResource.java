package dev.gatefold.pages.signin;

import dev.gatefold.pages.layout.HtmlResponse;
import dev.gatefold.pages.links.ReturnUrlResolver;
import dev.gatefold.web.endpoint.HtmlErrors;
import dev.gatefold.web.endpoint.LinkTarget;
import dev.gatefold.web.endpoint.LinkedAs;
import dev.gatefold.web.endpoint.RateLimitExempt;
import io.vertx.core.http.HttpServerRequest;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.RestQuery;

/** Starts sign-ups and sign-ins, which return to the article that the reader came from. */
@Path("/")
@HtmlErrors
@RateLimitExempt
@PermitAll
class SignInResource {
    private final SignInHost host;
    private final SignInRedirect signIns;
    private final ReturnUrlResolver returnUrls;
    private final Clock clock;

    SignInResource(SignInHost host, SignInRedirect signIns, ReturnUrlResolver returnUrls, Clock clock) {
        this.host = host;
        this.signIns = signIns;
        this.returnUrls = returnUrls;
        this.clock = clock;
    }

    @GET
    @Path("sign-in")
    @LinkedAs(LinkTarget.SIGN_IN)
    @Operation(hidden = true)
    public Response signIn(
            @RestQuery String article, @RestQuery("login_hint") String hint, @Context HttpServerRequest request) {
        return start(article, hint, false, request);
    }

    /** Starts a sign-up. The new account starts its free trial, if the plan has one. */
    @GET
    @Path("sign-up")
    @LinkedAs(LinkTarget.SIGN_UP)
    @Operation(hidden = true)
    public Response signUp(@RestQuery String article, @Context HttpServerRequest request) {
        return start(article, null, true, request);
    }

    private Response start(String article, String hint, boolean signUp, HttpServerRequest request) {
        Map<String, String> parameters = new HashMap<>();
        parameters.put("article", article);
        parameters.put("login_hint", hint);
        Optional<URI> elsewhere = host.redirectTarget(request, parameters);
        if (elsewhere.isPresent()) {
            return HtmlResponse.redirect(elsewhere.get()).build();
        }
        SignInAttempt attempt = SignInAttempt.create(returnUrls.findArticle(article), signUp);
        return signIns.start(attempt, Optional.ofNullable(hint), signUp, request, clock.instant());
    }
}
