package dev.gatefold.shares;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Arrays;
import java.util.UUID;

/** An article that a member has shared by a link. Knowing the code is enough to use it. */
@Entity
@Table(name = "article_share")
class Share {
    /** Secret part of the link: 22 characters of Base64url. */
    @Id
    String code;

    UUID accountId;

    /** Slug of the article's source. */
    String source;

    /** Identifies the article within its source. */
    String articleKey;

    /** Canonical URL of the article, or the source's own reference. */
    String articleName;

    Instant createdAt;
    Instant expiresAt;

    /** When the member revoked the link; null if it was not revoked. */
    Instant revokedAt;

    /** IDs of the devices that have opened the link, as a set: an account if the reader has one, else a visitor. */
    @Column(name = "recipient_ids")
    UUID[] deviceIds;

    boolean isActive(Instant at) {
        return revokedAt == null && at.isBefore(expiresAt);
    }

    /** Returns true if a device has opened the link or could be the next one; null stands for an unknown device. */
    boolean admitsDevice(UUID device, int maxDevices) {
        return deviceIds.length < maxDevices
                || (device != null && Arrays.asList(deviceIds).contains(device));
    }
}
