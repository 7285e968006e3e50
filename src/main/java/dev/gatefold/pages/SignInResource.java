package dev.gatefold.pages;

import dev.gatefold.accounts.SignUp;
import dev.gatefold.accounts.Visitor;
import dev.gatefold.accounts.Visitors;
import dev.gatefold.kernel.Identity;
import dev.gatefold.pages.SignIns.SignIn;
import dev.gatefold.web.Caller;
import dev.gatefold.web.SiteConfig;
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

/** Signing up, in and out. The article that the reader came from waits on the server meanwhile. */
@Path("/")
@PermitAll
class SignInResource {
    private static final Duration KNOWN = Duration.ofDays(365);

    private final CodeFlow codeFlow;
    private final SignIns signIns;
    private final Sessions sessions;
    private final Viewers viewers;
    private final SignUp signUp;
    private final Visitors visitors;
    private final WayBack wayBack;
    private final SiteConfig site;
    private final PagesConfig config;
    private final Clock clock;

    SignInResource(
            CodeFlow codeFlow,
            SignIns signIns,
            Sessions sessions,
            Viewers viewers,
            SignUp signUp,
            Visitors visitors,
            WayBack wayBack,
            SiteConfig site,
            PagesConfig config,
            Clock clock) {
        this.codeFlow = codeFlow;
        this.signIns = signIns;
        this.sessions = sessions;
        this.viewers = viewers;
        this.signUp = signUp;
        this.visitors = visitors;
        this.wayBack = wayBack;
        this.site = site;
        this.config = config;
        this.clock = clock;
    }

    @GET
    @Path("sign-in")
    @Operation(hidden = true)
    public Response signIn(@RestQuery String article, @RestQuery("login_hint") String hint) {
        return away(article, Optional.ofNullable(hint), false);
    }

    /** With the free days, where there are some. */
    @GET
    @Path("sign-up")
    @Operation(hidden = true)
    public Response signUp(@RestQuery String article) {
        return away(article, Optional.empty(), true);
    }

    private Response away(String article, Optional<String> hint, boolean signUp) {
        String browser = Secrets.fresh();
        SignIn signIn = SignIn.begin(wayBack.article(article).orElse(null), signUp);
        signIns.keep(browser, signIn, clock.instant());
        return Html.redirect(codeFlow.authorization(signIn, hint, signUp))
                .cookie(Cookies.SIGN_IN.of(browser, SignIns.LASTS))
                .build();
    }

    @GET
    @Path("signed-in")
    @RunOnVirtualThread
    @Operation(hidden = true)
    public Response signedIn(@RestQuery String code, @RestQuery String state, @Context HttpServerRequest request) {
        Instant now = clock.instant();
        SignIn signIn = Cookies.SIGN_IN
                .in(request)
                .flatMap(browser -> signIns.take(browser, now))
                .filter(it -> it.state().equals(state) && code != null)
                .orElseThrow(CodeFlow::failed);
        SecurityIdentity identity = codeFlow.redeem(code, signIn);
        Identity reader = Caller.of(identity).requireReader();
        Optional<Visitor> visitor = Cookies.VISITOR.in(request).flatMap(token -> visitors.known(token, now));
        signUp.signUp(Caller.of(identity), visitor, signIn.trial(), now);
        String session = sessions.begin(reader, now);
        return Html.redirect(wayBack.to(Optional.ofNullable(signIn.article())))
                .cookie(
                        Cookies.SESSION.of(session, config.session()),
                        Cookies.KNOWN.of("1", KNOWN),
                        Cookies.SIGN_IN.ended())
                .build();
    }

    @POST
    @Path("sign-out")
    @Operation(hidden = true)
    public Response signOut(@FormParam("csrf") String csrf, @Context HttpServerRequest request) {
        viewers.sender(request, csrf, clock.instant());
        Cookies.SESSION.in(request).ifPresent(sessions::end);
        return Html.redirect(site.wholeHome())
                .cookie(Cookies.SESSION.ended(), Cookies.KNOWN.ended())
                .build();
    }
}
