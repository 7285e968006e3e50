package dev.gatefold.accounts.personaldata;

import dev.gatefold.accounts.visitors.HmacKey;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.UUID;

/**
 * Names for readers in records that are about reading and not about readers: the same reader has the same name in one
 * kind of record, and nobody without our key can tell whose it is.
 */
@Singleton
public final class Pseudonyms {
    private static final int BYTES = 16;

    private final HmacKey keys;

    Pseudonyms(HmacKey keys) {
        this.keys = keys;
    }

    /**
     * The name of a reader in a kind of record.
     *
     * @param kind of record; names of two kinds have nothing in common
     * @param holder an account or a visitor
     */
    public String pseudonymOf(String kind, UUID holder) {
        byte[] mac = keys.mac((kind + " " + holder).getBytes(StandardCharsets.US_ASCII));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(mac, BYTES));
    }
}
