/**
 * Normalization of article URLs, so that one article has one key, and the hosts of sources. Pure functions; no URL is
 * ever fetched.
 */
package dev.gatefold.catalog.urls;
