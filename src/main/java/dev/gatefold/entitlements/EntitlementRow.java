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

/** One row of what an account holds. */
@Entity
@Table(name = "entitlement")
class EntitlementRow {
    @Id
    UUID id;

    UUID accountId;

    @Enumerated(EnumType.STRING)
    EntitlementBasis basis;

    String origin;
    String plan;
    String source;
    String articleKey;
    String articleName;

    @Column(name = "valid_from")
    Instant from;

    @Column(name = "valid_until")
    Instant until;

    /** Database time of the last change; a trigger sets it. */
    @Column(name = "updated_at", insertable = false, updatable = false)
    Instant writtenAt;

    Entitlement toEntitlement() {
        Coverage coverage = plan != null
                ? new Coverage.PlanCoverage(plan)
                : new Coverage.ArticleCoverage(source, articleKey, articleName);
        return new Entitlement(basis, origin, coverage, new Term(from, Optional.ofNullable(until)));
    }
}
