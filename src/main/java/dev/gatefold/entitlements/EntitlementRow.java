package dev.gatefold.entitlements;

import dev.gatefold.kernel.Term;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** A row of the table {@code entitlement}. Read only: {@link EntitlementGrants} writes by SQL. */
@Entity
@Table(name = "entitlement")
class EntitlementRow {
    @Id
    UUID id;

    UUID accountId;

    @Enumerated(EnumType.STRING)
    EntitlementBasis basis;

    String origin;

    /** Slug; null for an entitlement to one article. */
    String plan;

    /** Slug of the article's source; null for an entitlement to a plan, like the next two. */
    String source;

    String articleKey;
    String articleName;
    Instant validFrom;

    /** Null for no end. */
    Instant validUntil;

    /** Database time of the last change, set by a trigger. */
    @Column(insertable = false, updatable = false)
    Instant updatedAt;

    Entitlement toEntitlement() {
        Coverage coverage = plan != null
                ? new Coverage.PlanCoverage(plan)
                : new Coverage.ArticleCoverage(source, articleKey, articleName);
        return new Entitlement(basis, origin, coverage, new Term(validFrom, Optional.ofNullable(validUntil)));
    }
}
