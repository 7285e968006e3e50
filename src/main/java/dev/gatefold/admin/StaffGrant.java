package dev.gatefold.admin;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;

/** That somebody of the staff has given a right to a reader, and why. */
@Entity
@Table(name = "staff_grant")
class StaffGrant {
    private static final String ORIGIN = "staff/";

    @Id
    UUID id;

    UUID accountId;
    String reason;
    String requestParams;
    String grantedBy;
    Instant grantedAt;
    String endedBy;
    Instant endedAt;

    /** Of the right that was given. */
    String entitlementOrigin() {
        return ORIGIN + id;
    }
}
