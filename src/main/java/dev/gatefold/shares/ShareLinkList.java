package dev.gatefold.shares;

import java.time.Instant;
import java.util.List;

/**
 * The share links of a member.
 *
 * @param items newest first, including expired and revoked links
 * @param left how many more articles the member may share this month
 * @param renewsAt when the next month begins
 */
public record ShareLinkList(List<ShareLink> items, long left, Instant renewsAt) {}
