package dev.gatefold.admin;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;

/** The record of an entitlement that a staff member granted. */
@Entity
@Table(name = "staff_grant")
class StaffGrant {
    private static final String ORIGIN_PREFIX = "staff/";

    @Id
    UUID id;

    UUID accountId;
    String reason;

    /** Parameters of the request, to detect another request with the same idempotency key. */
    String requestParams;

    /** Claim {@code sub} of the staff member. */
    String grantedBy;

    Instant grantedAt;

    /** Claim {@code sub} of the staff member who ended the grant; null if it was not ended. */
    String endedBy;

    /** Null if the grant was not ended. */
    Instant endedAt;

    /** Returns the origin of the granted entitlement. */
    String entitlementOrigin() {
        return ORIGIN_PREFIX + id;
    }
}
