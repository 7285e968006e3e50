package dev.gatefold.access.decide;

import dev.gatefold.catalog.model.Article;
import dev.gatefold.catalog.rules.Policy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Describes, in English, what a policy requires of one article at an instant. */
record PolicySummary(Policy policy, PaywallQuery query, Instant at) {
    /** Returns the gate and all further conditions, separated by semicolons. */
    String text() {
        Article article = query.article();
        List<String> terms = new ArrayList<>(List.of("gate " + policy.gate()));
        if (!policy.allowsCountry(query.country())) {
            terms.add("not available in " + query.country().orElse("an unknown country"));
        }
        if (policy.isEmbargoed(article.publishedAt(), at)) {
            terms.add("for members only in the first " + policy.embargoHours() + " hours");
        } else if (policy.effectiveGate(article.publishedAt(), at) != policy.gate()) {
            terms.add(
                    policy.meterAllowed() != null
                            ? "no meter"
                            : "for members only after " + policy.archiveDays() + " days");
        }
        if (policy.embargoHours() != null && article.publishedAt().isEmpty()) {
            terms.add("no embargo because the publication date is unknown");
        }
        if (!policy.opensInTrials()) {
            terms.add("not in trials");
        }
        return String.join("; ", terms);
    }
}
