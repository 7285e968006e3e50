/**
 * Decides whether a reader may open an article, why, until when, and what a denied reader can do next. Counts metered
 * articles and records reads. Owns the tables {@code meter} and {@code article_read}. Reads {@code account.version} to
 * confirm a cached standing. Does not know how entitlements come about, and stores no text of articles.
 *
 * <p>Other modules extend it through two ports: {@link dev.gatefold.access.bypass.BypassProvider} grants access without
 * entitlement or meter, and {@link dev.gatefold.access.decide.DecisionObserver} receives all decisions.
 *
 * <p>Reading order of a check: {@code AccessResource}, {@code AccessDecider}, {@code RulingsFactory}, {@code Rulings},
 * {@code Paywall}, {@code Meters}, {@code Decision}; of a read: {@code ReadsResource}, {@code ArticleOpener}. The decision
 * table {@code paywall-decisions.txt} is stored beside the test of {@code Paywall}.
 */
package dev.gatefold.access;
