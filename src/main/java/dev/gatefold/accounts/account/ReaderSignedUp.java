package dev.gatefold.accounts.account;

import dev.gatefold.accounts.visitors.Visitor;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The fact that a reader has signed up. Fired within the transaction of the sign-up. Also fired again each time a reader
 * with an account repeats the sign-up, so observers must be idempotent.
 *
 * @param visitor the visitor that the reader was before; empty if the request has no visitor token
 * @param fingerprints all fingerprints of the person, also those of the previous address and in the form of earlier releases
 * @param startTrial true if the reader asks to start the free trial
 */
public record ReaderSignedUp(
        Account account, List<byte[]> fingerprints, Optional<Visitor> visitor, boolean startTrial, Instant at) {
    public ReaderSignedUp {
        fingerprints = List.copyOf(fingerprints);
    }
}
