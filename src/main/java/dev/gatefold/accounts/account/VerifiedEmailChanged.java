package dev.gatefold.accounts.account;

import java.util.UUID;

/**
 * The fact that the issuer states another verified e-mail address of an account. Fired within the transaction that stores
 * the address. Observers read the address from {@link AccountEmails}.
 */
public record VerifiedEmailChanged(UUID account) {}
