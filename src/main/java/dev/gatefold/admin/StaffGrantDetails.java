package dev.gatefold.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A staff grant in responses. The current state of the entitlement is part of the reader's membership.
 *
 * @param grantedBy claim {@code sub} of the staff member
 * @param endedBy claim {@code sub} of the staff member who ended the grant; null if it was not ended
 * @param endedAt null if the grant was not ended
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "StaffGrant")
record StaffGrantDetails(UUID id, String reason, String grantedBy, Instant grantedAt, String endedBy, Instant endedAt) {
    static StaffGrantDetails of(StaffGrant grant) {
        return new StaffGrantDetails(
                grant.id, grant.reason, grant.grantedBy, grant.grantedAt, grant.endedBy, grant.endedAt);
    }
}
