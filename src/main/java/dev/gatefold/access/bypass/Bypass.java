package dev.gatefold.access.bypass;

import dev.gatefold.access.GrantReason;
import dev.gatefold.catalog.model.Article;
import dev.gatefold.catalog.rules.Policy;
import java.time.Instant;

/**
 * Access that the reader has neither by an entitlement nor by a meter, such as a share link. Implementations are values:
 * they do no I/O and define {@code equals}.
 */
public interface Bypass {
    /** Returns the reason of a grant by this bypass. */
    GrantReason reason();

    /** Returns the first instant at which the bypass no longer opens anything; {@link Instant#MAX} if it does not end. */
    Instant until();

    /** Returns true if the bypass opens an article under a policy at an instant. */
    boolean opens(Article article, Policy policy, Instant at);
}
