package dev.gatefold.pages.signin;

import dev.gatefold.pages.session.BrowserSecrets;
import jakarta.persistence.Tuple;
import java.util.Optional;

/**
 * A sign-in that a browser has started. A browser may have several, one for each tab.
 *
 * @param state OAuth 2.0 parameter {@code state}
 * @param verifier PKCE code verifier
 * @param article canonical URL of the article to return to, or null
 * @param startTrial true if a new account starts its free trial
 * @param isRestart true if it replaces a sign-in that could not be completed
 * @param isPending true if it is neither completed nor expired
 */
record SignInAttempt(
        String state, String verifier, String article, boolean startTrial, boolean isRestart, boolean isPending) {
    static SignInAttempt create(Optional<String> article, boolean startTrial) {
        return new SignInAttempt(
                BrowserSecrets.random(), BrowserSecrets.random(), article.orElse(null), startTrial, false, true);
    }

    static SignInAttempt of(Tuple row) {
        return new SignInAttempt(
                row.get("state", String.class),
                row.get("code_verifier", String.class),
                row.get("return_article", String.class),
                row.get("start_trial", Boolean.class),
                row.get("is_restart", Boolean.class),
                row.get("is_pending", Boolean.class));
    }

    /** Returns a new sign-in with the purpose of this one. */
    SignInAttempt restart() {
        return new SignInAttempt(BrowserSecrets.random(), BrowserSecrets.random(), article, startTrial, true, true);
    }

    Optional<String> returnArticle() {
        return Optional.ofNullable(article);
    }
}
