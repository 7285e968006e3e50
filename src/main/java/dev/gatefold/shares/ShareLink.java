package dev.gatefold.shares;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;

/**
 * A share link, as the member who created it sees it.
 *
 * @param link URL to send to others; it leads to the article
 * @param source slug of the article's source
 * @param article canonical URL of the article
 * @param revokedAt null if the link was not revoked
 * @param opened number of devices that have opened the link
 * @param devices number of devices that may open it
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ShareLink(
        String code,
        String link,
        String source,
        String article,
        @JsonProperty("givenAt") Instant createdAt,
        Instant expiresAt,
        Instant revokedAt,
        int opened,
        int devices) {}
