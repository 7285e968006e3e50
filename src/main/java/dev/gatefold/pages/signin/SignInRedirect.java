package dev.gatefold.pages.signin;

import dev.gatefold.pages.layout.HtmlResponse;
import dev.gatefold.pages.session.BrowserSecrets;
import dev.gatefold.pages.session.PageCookie;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.Instant;
import java.util.Optional;

/** Starts sign-ins: stores them and redirects the browser to the issuer. */
@Singleton
class SignInRedirect {
    private final AuthorizationCodeFlow codeFlow;
    private final SignInAttempts attempts;

    SignInRedirect(AuthorizationCodeFlow codeFlow, SignInAttempts attempts) {
        this.codeFlow = codeFlow;
        this.attempts = attempts;
    }

    /**
     * Returns the redirect to the issuer.
     *
     * @param hint passed on as {@code login_hint}
     * @param signUp true to start with registration at issuers that support it
     */
    Response start(
            SignInAttempt attempt, Optional<String> hint, boolean signUp, HttpServerRequest request, Instant at) {
        URI issuer = codeFlow.authorizationUrl(attempt, hint, signUp);
        // One secret for all tabs: each new one would end the sign-ins of the others
        String browser = PageCookie.SIGN_IN.readFrom(request).orElseGet(BrowserSecrets::random);
        attempts.store(browser, attempt, at);
        return HtmlResponse.redirect(issuer)
                .cookie(PageCookie.SIGN_IN.create(browser, SignInAttempts.RETENTION))
                .build();
    }
}
