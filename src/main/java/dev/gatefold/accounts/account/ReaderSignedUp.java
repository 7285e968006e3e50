package dev.gatefold.accounts.account;

import dev.gatefold.accounts.visitors.Visitor;
import java.time.Instant;
import java.util.Optional;

/**
 * A fact: a reader has an account, new or not, and has just said so. Whoever hears it acts within the same transaction,
 * and must bear to hear it again.
 *
 * @param visitor who the reader was until now
 * @param startTrial whether the reader asks for the free trial at once
 */
public record ReaderSignedUp(Account account, Optional<Visitor> visitor, boolean startTrial, Instant at) {}
