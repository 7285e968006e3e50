/** Error pages for browsers, in place of {@code application/problem+json}. */
package dev.gatefold.pages.errors;
