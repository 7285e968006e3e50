/**
 * Readers who signed up, and visitors who have not: who is asking. Owns the tables {@code account}, {@code visitor_quota} and
 * {@code signing_key}, and says what is asked of every room that keeps something about readers
 * ({@link dev.gatefold.accounts.personaldata.PersonalDataStore}). Does not own what an account may read, nor how a reader proves who they are (the
 * OIDC issuer does). Its fact: {@link dev.gatefold.accounts.account.ReaderSignedUp}, told within the transaction.
 */
package dev.gatefold.accounts;
