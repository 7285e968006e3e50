/** Accounts: sign-up, profile, and the operations on account rows that other modules use. */
package dev.gatefold.accounts.account;
