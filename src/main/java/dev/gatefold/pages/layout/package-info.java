/** The layout, security headers, shared texts and formats of all pages. */
package dev.gatefold.pages.layout;
