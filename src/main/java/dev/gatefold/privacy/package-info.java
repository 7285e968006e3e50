/**
 * Export and erasure of personal data, on request of the reader.
 *
 * <p>Owns no tables: every module with personal data implements
 * {@link dev.gatefold.accounts.personaldata.PersonalDataStore}. Reading order:
 * {@link dev.gatefold.privacy.DataSubjectRequests}, then the implementations of that interface.
 */
package dev.gatefold.privacy;
