/**
 * Accounts of registered readers, and tokens of visitors.
 *
 * <p>Owns the tables {@code account}, {@code visitor_quota} and {@code signing_key}. Does not own entitlements, and does
 * not authenticate readers: the OIDC issuer does. Other modules lock accounts and change their version through
 * {@link dev.gatefold.accounts.account.Accounts}, and export and erase their personal data by implementing
 * {@link dev.gatefold.accounts.personaldata.PersonalDataStore}. Its fact is
 * {@link dev.gatefold.accounts.account.ReaderSignedUp}, which is observed within the transaction.
 *
 * <p>Reading order: {@code AccountsResource}, {@link dev.gatefold.accounts.account.SignUpService},
 * {@link dev.gatefold.accounts.visitors.VisitorTokens}.
 */
package dev.gatefold.accounts;
