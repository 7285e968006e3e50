package dev.gatefold.admin;

import dev.gatefold.catalog.Catalog;
import dev.gatefold.catalog.model.Article;
import dev.gatefold.entitlements.Coverage;
import dev.gatefold.entitlements.EntitlementBasis;
import dev.gatefold.kernel.InstantParser;
import dev.gatefold.kernel.Problem;
import dev.gatefold.kernel.Term;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A request to grant an entitlement: to the sources of a plan, or to one article, identified by its URL or by source and
 * reference.
 *
 * @param subject identity of the reader
 * @param basis COMPLIMENTARY by default; GIFT; or PURCHASED for a day pass or an article that the reader bought
 * @param plan slug of a plan
 * @param url URL of an article
 * @param source slug of the source of an article
 * @param article reference of an article within its source
 * @param from start, inclusive; now by default
 * @param until end, exclusive; no end by default
 * @param reason free text of the staff member
 */
@Schema(name = "GrantRequest")
record GrantRequest(
        @NotNull @Valid GrantSubject subject,
        EntitlementBasis basis,
        String plan,
        String url,
        String source,
        @Size(max = 500) String article,
        Instant from,
        Instant until,
        @NotBlank @Size(max = 500) String reason) {
    private static final Set<EntitlementBasis> ALLOWED =
            Set.of(EntitlementBasis.COMPLIMENTARY, EntitlementBasis.GIFT, EntitlementBasis.PURCHASED);

    /** The claims {@code iss} and {@code sub} of a reader. */
    @Schema(name = "GrantSubject")
    record GrantSubject(@NotNull String issuer, @NotNull String subject) {}

    /**
     * Returns the basis.
     *
     * @throws Problem {@code invalid-input} if staff cannot grant it
     */
    EntitlementBasis requireBasis() {
        EntitlementBasis granted = Optional.ofNullable(basis).orElse(EntitlementBasis.COMPLIMENTARY);
        if (!ALLOWED.contains(granted)) {
            throw Problem.invalid("/basis", "must be one of COMPLIMENTARY, GIFT, PURCHASED");
        }
        return granted;
    }

    /**
     * Returns the coverage.
     *
     * @throws Problem {@code invalid-input} unless exactly one plan or article is given that the catalog contains
     */
    Coverage coverage(Catalog catalog) {
        return plan != null ? planCoverage(catalog) : articleCoverage(catalog);
    }

    private Coverage planCoverage(Catalog catalog) {
        if (url != null || source != null || article != null) {
            throw Problem.invalid("/plan", "cannot be combined with url, source or article");
        }
        return catalog.plan(plan)
                .map(it -> new Coverage.PlanCoverage(it.slug()))
                .orElseThrow(() -> Problem.invalid("/plan", "is not the slug of a plan"));
    }

    private Coverage articleCoverage(Catalog catalog) {
        if ((url == null) == (source == null || article == null)) {
            throw Problem.invalid("/plan", "is missing; send either plan, or url, or source and article");
        }
        Article covered = url != null ? catalog.articleByUrl(url, "/url") : catalog.articleByReference(source, article);
        return covered.source()
                .map(it -> new Coverage.ArticleCoverage(it.slug(), covered.key(), covered.name()))
                .orElseThrow(() -> url != null
                        ? Problem.invalid("/url", "belongs to no source")
                        : Problem.invalid("/source", "is not the slug of a source"));
    }

    /**
     * Returns the term.
     *
     * @throws Problem {@code invalid-input} if the instants are out of range or in the wrong order
     */
    Term term(Instant now) {
        Instant start = from == null ? now : normalize(from, "/from");
        Optional<Instant> end = Optional.ofNullable(until).map(it -> normalize(it, "/until"));
        try {
            return new Term(start, end);
        } catch (IllegalArgumentException e) {
            throw Problem.invalid("/until", "must be after the start");
        }
    }

    private static Instant normalize(Instant instant, String pointer) {
        return InstantParser.normalize(instant)
                .orElseThrow(() -> Problem.invalid(pointer, "must be between 1900 and 2200"));
    }
}
