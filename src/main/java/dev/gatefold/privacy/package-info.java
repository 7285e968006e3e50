/**
 * Readers' own data: all that is kept of a reader, told to them in one document, and their erasure. Owns no data: each
 * room that keeps something about readers says what it is, and forgets it ({@link dev.gatefold.accounts.personaldata.PersonalDataStore}).
 */
package dev.gatefold.privacy;
