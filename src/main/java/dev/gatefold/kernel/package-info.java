/**
 * Values that all modules share: terms, money, identities, country codes, instants, problems and the clock. Owns no
 * tables, has no I/O, and depends on no other module.
 */
package dev.gatefold.kernel;
