/**
 * Articles that members give away: by a link that some devices may use for some days, from a monthly budget. Owns the
 * table {@code article_share}. Does not decide what a link opens: it only says for how long it is good, and for whom.
 */
package dev.gatefold.shares;
