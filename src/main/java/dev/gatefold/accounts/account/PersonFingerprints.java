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
 * Fingerprints that recognize a person after their account has been erased: HMAC-SHA-256 values of the identity, of the
 * e-mail address if the issuer has verified it, and of the cards of a trial. Unverified addresses are not used, because
 * anyone can enter them. Addresses are folded first ({@link EmailFolding}).
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

    /**
     * Returns the fingerprint of a card.
     *
     * @param card the billing provider's fingerprint of the card number, the same for all customers with that card
     */
    public byte[] fingerprintOfCard(String card) {
        return mac("card", card);
    }

    byte[] fingerprintOfEmail(String verifiedEmail) {
        return mac("email", EmailFolding.fold(verifiedEmail));
    }

    /**
     * Returns the fingerprint that earlier releases stored, of the address without folding. Equal to the other one unless
     * the provider ignores a part of the address.
     */
    byte[] unfoldedFingerprintOfEmail(String verifiedEmail) {
        return mac("email", verifiedEmail.strip().toLowerCase(Locale.ROOT));
    }

    private byte[] mac(String kind, String value) {
        return key.mac(("person " + kind + " " + value).getBytes(StandardCharsets.UTF_8));
    }
}
