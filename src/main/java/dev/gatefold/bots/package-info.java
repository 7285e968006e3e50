/**
 * Search engines: verifies that a caller is a search engine's crawler, and describes the paywall to search engines.
 *
 * <p>Owns no tables. Keeps the IP lists that search engines publish and the results of reverse DNS lookups in memory. A
 * User-Agent is never proof of anything; it only decides whether a DNS lookup is worthwhile. Does not decide what a crawler
 * may read: the policy of a source does. Takes part in the decision as a
 * {@link dev.gatefold.access.bypass.BypassProvider BypassProvider}.
 *
 * <p>Reading order: {@link dev.gatefold.bots.CrawlerBypass CrawlerBypass} →
 * {@link dev.gatefold.bots.CrawlerVerifier CrawlerVerifier} →
 * {@link dev.gatefold.bots.PublishedIpLists PublishedIpLists} and
 * {@link dev.gatefold.bots.ReverseDnsVerifier ReverseDnsVerifier}; then
 * {@link dev.gatefold.bots.PaywallMarkupResource PaywallMarkupResource}.
 */
package dev.gatefold.bots;
