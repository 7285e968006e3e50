package dev.gatefold.accounts.account;

import dev.gatefold.accounts.keys.HmacKey;
import dev.gatefold.kernel.Identity;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Fingerprints that recognize a person after their account has been erased: HMAC-SHA-256 values of the identity, and of
 * the e-mail address if the issuer has verified it. Unverified addresses are not used, because anyone can enter them.
 */
@Singleton
public final class PersonFingerprints {
    private final HmacKey key;

    PersonFingerprints(HmacKey key) {
        this.key = key;
    }

    /** Returns the fingerprints of the account's person: one of the identity, and one of a verified e-mail address. */
    public List<byte[]> fingerprintsOf(Account account) {
        return Stream.concat(
                        Stream.of(fingerprintOf(account.identity())),
                        Optional.ofNullable(account.verifiedEmailHash).stream())
                .toList();
    }

    /** Returns the fingerprint of an identity. */
    public byte[] fingerprintOf(Identity identity) {
        // identities contain no control characters, so the line break makes the text unambiguous
        return mac("identity", identity.issuer() + "\n" + identity.subject());
    }

    byte[] fingerprintOfEmail(String verifiedEmail) {
        return mac("email", verifiedEmail.strip().toLowerCase(Locale.ROOT));
    }

    private byte[] mac(String kind, String value) {
        return key.mac(("person " + kind + " " + value).getBytes(StandardCharsets.UTF_8));
    }
}
