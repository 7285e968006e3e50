/**
 * Share links: a member shares an article by a link that a few devices may open for some days, within a monthly limit.
 *
 * <p>Owns the table {@code article_share}. Decides whether a link is active and admits a device; the module access decides
 * what the reader may then open. Takes part in the decision as a
 * {@link dev.gatefold.access.bypass.BypassProvider BypassProvider}.
 *
 * <p>Reading order: {@link dev.gatefold.shares.SharesResource SharesResource} →
 * {@link dev.gatefold.shares.MemberShares MemberShares} → {@link dev.gatefold.shares.CreateShare CreateShare} →
 * {@link dev.gatefold.shares.Shares Shares}; then {@link dev.gatefold.shares.SharedLinkBypass SharedLinkBypass}.
 */
package dev.gatefold.shares;
