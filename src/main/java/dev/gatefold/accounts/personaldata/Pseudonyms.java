package dev.gatefold.accounts.personaldata;

import dev.gatefold.accounts.keys.HmacKey;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.UUID;

/**
 * Pseudonyms for readers in records that are used for statistics. Within one kind of record a reader always has the same
 * pseudonym. Without the key of the service it cannot be linked to the reader.
 */
@Singleton
public final class Pseudonyms {
    private static final int PSEUDONYM_BYTES = 16;

    private final HmacKey key;

    Pseudonyms(HmacKey key) {
        this.key = key;
    }

    /**
     * Returns the pseudonym of a reader.
     *
     * @param kind kind of record; the pseudonyms of two kinds are unrelated
     * @param readerId id of an account or of a visitor
     * @return 22 characters of base64url
     */
    public String pseudonymOf(String kind, UUID readerId) {
        byte[] mac = key.mac((kind + " " + readerId).getBytes(StandardCharsets.US_ASCII));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(mac, PSEUDONYM_BYTES));
    }
}
