package dev.gatefold.accounts.account;

import dev.gatefold.accounts.visitors.HmacKey;
import dev.gatefold.kernel.Identity;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a person is known by, also when the account is gone: keyed hashes (HMAC-SHA-256) of the identity, and of the e-mail
 * address where the issuer has verified it. An address that somebody has typed proves nothing, and is none.
 */
@Singleton
public final class PersonFingerprints {
    private final HmacKey keys;

    PersonFingerprints(HmacKey keys) {
        this.keys = keys;
    }

    public List<byte[]> fingerprintsOf(Account account) {
        return Stream.concat(
                        Stream.of(fingerprintsOf(account.identity())),
                        Optional.ofNullable(account.verifiedEmail).stream())
                .toList();
    }

    /** No identity holds a line break, so that no two are written alike. */
    public byte[] fingerprintsOf(Identity identity) {
        return mac("identity", identity.issuer() + "\n" + identity.subject());
    }

    byte[] fingerprintOfEmail(String verified) {
        return mac("email", verified.strip().toLowerCase(Locale.ROOT));
    }

    private byte[] mac(String kind, String known) {
        return keys.mac(("person " + kind + " " + known).getBytes(StandardCharsets.UTF_8));
    }
}
