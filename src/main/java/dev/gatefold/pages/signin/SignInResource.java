package dev.gatefold.pages.signin;

import dev.gatefold.accounts.account.SignUpService;
import dev.gatefold.accounts.visitors.Visitor;
import dev.gatefold.accounts.visitors.VisitorTokens;
import dev.gatefold.kernel.Identity;
import dev.gatefold.pages.PagesConfig;
import dev.gatefold.pages.layout.HtmlResponse;
import dev.gatefold.pages.links.ReturnUrlResolver;
import dev.gatefold.pages.session.BrowserSecrets;
import dev.gatefold.pages.session.BrowserSessions;
import dev.gatefold.pages.session.PageCookie;
import dev.gatefold.pages.session.ViewerResolver;
import dev.gatefold.pages.signin.PendingSignIns.PendingSignIn;
import dev.gatefold.web.SiteConfig;
import dev.gatefold.web.endpoint.HtmlErrors;
import dev.gatefold.web.endpoint.LinkTarget;
import dev.gatefold.web.endpoint.LinkedAs;
import dev.gatefold.web.endpoint.RateLimitExempt;
import dev.gatefold.web.http.Caller;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.core.http.HttpServerRequest;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.RestQuery;

/** Signs readers up, in and out. Sign-up and sign-in return to the article that the reader came from. */
@Path("/")
@HtmlErrors
@RateLimitExempt
@PermitAll
class SignInResource {
    private static final Duration PREVIOUSLY_SIGNED_IN_LIFETIME = Duration.ofDays(365);

    private final AuthorizationCodeFlow codeFlow;
    private final PendingSignIns signIns;
    private final BrowserSessions sessions;
    private final ViewerResolver viewers;
    private final SignUpService signUp;
    private final VisitorTokens visitors;
    private final ReturnUrlResolver returnUrls;
    private final SiteConfig site;
    private final PagesConfig config;
    private final Clock clock;

    SignInResource(
            AuthorizationCodeFlow codeFlow,
            PendingSignIns signIns,
            BrowserSessions sessions,
            ViewerResolver viewers,
            SignUpService signUp,
            VisitorTokens visitors,
            ReturnUrlResolver returnUrls,
            SiteConfig site,
            PagesConfig config,
            Clock clock) {
        this.codeFlow = codeFlow;
        this.signIns = signIns;
        this.sessions = sessions;
        this.viewers = viewers;
        this.signUp = signUp;
        this.visitors = visitors;
        this.returnUrls = returnUrls;
        this.site = site;
        this.config = config;
        this.clock = clock;
    }

    @GET
    @Path("sign-in")
    @LinkedAs(LinkTarget.SIGN_IN)
    @Operation(hidden = true)
    public Response signIn(@RestQuery String article, @RestQuery("login_hint") String hint) {
        return redirectToIssuer(article, Optional.ofNullable(hint), false);
    }

    /** Starts a sign-up. The new account starts its free trial, if the plan has one. */
    @GET
    @Path("sign-up")
    @LinkedAs(LinkTarget.SIGN_UP)
    @Operation(hidden = true)
    public Response signUp(@RestQuery String article) {
        return redirectToIssuer(article, Optional.empty(), true);
    }

    private Response redirectToIssuer(String article, Optional<String> hint, boolean signUp) {
        String browser = BrowserSecrets.random();
        PendingSignIn signIn =
                PendingSignIn.create(returnUrls.findArticle(article).orElse(null), signUp);
        signIns.store(browser, signIn, clock.instant());
        return HtmlResponse.redirect(codeFlow.authorizationUrl(signIn, hint, signUp))
                .cookie(PageCookie.SIGN_IN.create(browser, PendingSignIns.LIFETIME))
                .build();
    }

    @GET
    @Path("signed-in")
    @RunOnVirtualThread
    @Operation(hidden = true)
    public Response signedIn(@RestQuery String code, @RestQuery String state, @Context HttpServerRequest request) {
        Instant now = clock.instant();
        PendingSignIn signIn = PageCookie.SIGN_IN
                .readFrom(request)
                .flatMap(browser -> signIns.consume(browser, now))
                .filter(it -> it.state().equals(state) && code != null)
                .orElseThrow(AuthorizationCodeFlow::signInFailed);
        SecurityIdentity identity = codeFlow.redeem(code, signIn);
        Identity reader = Caller.of(identity).requireReader();
        Optional<Visitor> visitor = PageCookie.VISITOR.readFrom(request).flatMap(token -> visitors.find(token, now));
        signUp.signUp(Caller.of(identity), visitor, signIn.startTrial(), now);
        String session = sessions.start(reader, now);
        return HtmlResponse.redirect(returnUrls.resolve(Optional.ofNullable(signIn.article())))
                .cookie(
                        PageCookie.SESSION.create(session, config.sessionLifetime()),
                        PageCookie.PREVIOUSLY_SIGNED_IN.create("1", PREVIOUSLY_SIGNED_IN_LIFETIME),
                        PageCookie.SIGN_IN.expired())
                .build();
    }

    @POST
    @Path("sign-out")
    @Operation(hidden = true)
    public Response signOut(@FormParam("csrf") String csrf, @Context HttpServerRequest request) {
        viewers.requireFormSender(request, csrf, clock.instant());
        PageCookie.SESSION.readFrom(request).ifPresent(sessions::end);
        return HtmlResponse.redirect(site.absoluteHome())
                .cookie(PageCookie.SESSION.expired(), PageCookie.PREVIOUSLY_SIGNED_IN.expired())
                .build();
    }
}
