package dev.gatefold.pages.signin;

import dev.gatefold.accounts.account.SignUpService;
import dev.gatefold.accounts.visitors.Visitor;
import dev.gatefold.accounts.visitors.VisitorTokens;
import dev.gatefold.pages.layout.HtmlResponse;
import dev.gatefold.pages.links.ReturnUrlResolver;
import dev.gatefold.pages.session.PageCookie;
import dev.gatefold.pages.session.SignedInBrowser;
import dev.gatefold.web.endpoint.HtmlErrors;
import dev.gatefold.web.endpoint.RateLimitExempt;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.core.http.HttpServerRequest;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.RestQuery;

/**
 * The redirect URI of the pages: completes sign-ins. A sign-in that cannot be completed, because the reader went back,
 * reloaded the page or waited too long, leads a signed-in reader to the article and starts anew for any other.
 */
@Path("/signed-in")
@HtmlErrors
@RateLimitExempt
@PermitAll
class SignInReturnResource {
    private final AuthorizationCodeFlow codeFlow;
    private final SignInAttempts attempts;
    private final SignInRedirect signIns;
    private final SignedInBrowser browsers;
    private final SignUpService signUp;
    private final VisitorTokens visitors;
    private final ReturnUrlResolver returnUrls;
    private final Clock clock;

    SignInReturnResource(
            AuthorizationCodeFlow codeFlow,
            SignInAttempts attempts,
            SignInRedirect signIns,
            SignedInBrowser browsers,
            SignUpService signUp,
            VisitorTokens visitors,
            ReturnUrlResolver returnUrls,
            Clock clock) {
        this.codeFlow = codeFlow;
        this.attempts = attempts;
        this.signIns = signIns;
        this.browsers = browsers;
        this.signUp = signUp;
        this.visitors = visitors;
        this.returnUrls = returnUrls;
        this.clock = clock;
    }

    @GET
    @RunOnVirtualThread
    @Operation(hidden = true)
    public Response signedIn(@RestQuery String code, @RestQuery String state, @Context HttpServerRequest request) {
        Instant now = clock.instant();
        Optional<String> known = Optional.ofNullable(state);
        Optional<SignInAttempt> pending = known.filter(it -> code != null)
                .flatMap(it ->
                        PageCookie.SIGN_IN.readFrom(request).flatMap(browser -> attempts.complete(it, browser, now)));
        return pending.isPresent()
                ? complete(pending.get(), code, request, now)
                : repeat(known.flatMap(it -> attempts.find(it, now)), known.isPresent() && code != null, request, now);
    }

    private Response complete(SignInAttempt attempt, String code, HttpServerRequest request, Instant now) {
        SignedInReader reader = codeFlow.redeem(code, attempt);
        Optional<Visitor> visitor = PageCookie.VISITOR.readFrom(request).flatMap(token -> visitors.find(token, now));
        signUp.signUp(reader.caller(), visitor, attempt.startTrial(), now);
        return HtmlResponse.redirect(returnUrls.resolve(attempt.returnArticle()))
                .cookie(browsers.signIn(reader.identity(), reader.idToken(), request, now))
                .build();
    }

    /**
     * Answers a return that completes no sign-in.
     *
     * @param isAuthorized false if the issuer reports an error, such as a reader who cancelled
     */
    private Response repeat(
            Optional<SignInAttempt> attempt, boolean isAuthorized, HttpServerRequest request, Instant now) {
        if (browsers.findReader(request, now).isPresent()) {
            return HtmlResponse.redirect(returnUrls.resolve(attempt.flatMap(SignInAttempt::returnArticle)))
                    .build();
        }
        // A pending sign-in without its cookie, twice in a row: the browser accepts no cookies, and would start for
        // ever
        boolean isLoop = attempt.filter(it -> it.isPending() && it.isRestart()).isPresent();
        if (!isAuthorized || isLoop) {
            throw AuthorizationCodeFlow.signInFailed();
        }
        SignInAttempt previous = attempt.orElseGet(() -> SignInAttempt.create(Optional.empty(), false));
        return signIns.start(previous.restart(), Optional.empty(), false, request, now);
    }
}
