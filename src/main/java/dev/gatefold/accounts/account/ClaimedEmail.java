package dev.gatefold.accounts.account;

import dev.gatefold.web.http.Caller;
import java.util.Optional;

/**
 * The e-mail address in a reader's token.
 *
 * @param isVerified whether the issuer has verified that the reader receives mail at the address
 */
record ClaimedEmail(String address, boolean isVerified) {
    /** Returns the address in the caller's token; empty if there is none or it is no valid address. */
    static Optional<ClaimedEmail> of(Caller caller) {
        return caller.claim(AccountAttribute.EMAIL.claim())
                .flatMap(AccountAttribute.EMAIL::tryParse)
                .map(address -> new ClaimedEmail(address, caller.isEmailVerified()));
    }

    /** Never contains the address, so that no log line can. */
    @Override
    public String toString() {
        return "ClaimedEmail[isVerified=" + isVerified + "]";
    }
}
