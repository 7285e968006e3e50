/**
 * The question: may this reader open this article, why, until when, and if not, what can they do next? Owns the law
 * ({@link dev.gatefold.access.decide.Paywall}), the meters, the record of reads, and the decisions that are kept for a while
 * (the tables {@code meter}, {@code article_read} and {@code decision_sample}). Does not know how rights come about, who is a crawler,
 * or what a share link is: it asks. Holds no text of any article. Its denials are looked at again
 * ({@link dev.gatefold.access.decisionlog.WrongDenialMonitor}): nobody is to be denied what they hold.
 *
 * <p>To follow a question, read {@code AccessResource}, {@code Turnstile}, {@code Paywall}, {@code Meters}. The law as a
 * table that an editor can read lies beside its test, {@code paywall-decisions.txt}.
 */
package dev.gatefold.access;
