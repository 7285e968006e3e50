/** Conditional requests: ETags, {@code If-None-Match} and {@code If-Match}. */
package dev.gatefold.web.caching;
