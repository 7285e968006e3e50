/**
 * Readers' own data: all that is kept of a reader, told to them in one document. Owns no data: each
 * room that keeps something about readers says what it is ({@link dev.gatefold.accounts.Keeper}).
 */
package dev.gatefold.privacy;
