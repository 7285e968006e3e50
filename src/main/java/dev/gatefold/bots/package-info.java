/**
 * Search engines: who is really one's crawler, and what a page tells it. Owns the lists of addresses that search engines
 * publish and the names of addresses that were looked up, both in memory only. Believes no header: a User-Agent at most
 * decides whether a look-up is worth its while. Does not decide what a crawler may read.
 */
package dev.gatefold.bots;
