package dev.gatefold.shares;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;

/** An article that a member has given away. Whoever knows the code may use it. */
@Entity
@Table(name = "article_share")
class Share {
    @Id
    String code;

    UUID accountId;
    String source;
    String articleKey;
    String articleName;

    @Column(name = "created_at")
    Instant givenAt;

    Instant expiresAt;
    Instant revokedAt;

    @Column(name = "recipient_ids")
    UUID[] devices;

    boolean isActive(Instant at) {
        return revokedAt == null && at.isBefore(expiresAt);
    }

    /** Whether a device may use it, or could if it came next; null stands for one that nobody knows. */
    boolean admitsDevice(UUID device, int most) {
        return devices.length < most
                || (device != null && java.util.Arrays.asList(devices).contains(device));
    }
}
