package dev.gatefold.pages;

import dev.gatefold.kernel.Identity;
import java.util.Locale;
import java.util.Optional;

/**
 * Whoever looks at a page.
 *
 * @param reader who is signed in
 * @param known whether somebody was signed in with this browser before
 * @param csrf what a form of ours says, so that no other site can send it; empty for who is not signed in
 */
record Viewer(Optional<Identity> reader, boolean known, String csrf, Locale locale) {}
