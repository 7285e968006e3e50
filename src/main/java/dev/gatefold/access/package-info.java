/**
 * The question: may this reader open this article, why, until when, and if not, what can they do next? Owns the law
 * ({@link dev.gatefold.access.Paywall}), the meters and the record of reads (the tables {@code meter} and
 * {@code read}). Does not know how rights come about, and holds no text of any article.
 *
 * <p>To follow a question, read {@code AccessResource}, {@code Turnstile}, {@code Paywall}, {@code Meters}.
 */
package dev.gatefold.access;
