package dev.gatefold.accounts.visitors;

import com.google.common.primitives.Bytes;
import dev.gatefold.accounts.keys.HmacKey;
import jakarta.inject.Singleton;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;

/**
 * Format of visitor tokens: {@code v2.} followed by the base64url form of 16 bytes of id, 8 bytes of the second of issue
 * (big-endian, since the epoch), one byte that is 1 if the visitor can use the meter, and an HMAC-SHA-256 of these bytes.
 */
@Singleton
final class VisitorTokenCodec {
    /** The content of a token whose signature is valid; it can be expired. */
    record DecodedVisitorToken(Visitor visitor, Instant issuedAt) {}

    private static final String PREFIX = "v2.";
    private static final int CONTENT_BYTES = 16 + 8 + 1;
    private static final int MAC_BYTES = 32;

    private final HmacKey key;

    VisitorTokenCodec(HmacKey key) {
        this.key = key;
    }

    /**
     * Returns the token of a visitor.
     *
     * @param issuedAt in whole seconds
     */
    String encode(Visitor visitor, Instant issuedAt) {
        byte[] content = ByteBuffer.allocate(CONTENT_BYTES)
                .putLong(visitor.id().getMostSignificantBits())
                .putLong(visitor.id().getLeastSignificantBits())
                .putLong(issuedAt.getEpochSecond())
                .put((byte) (visitor.canUseMeter() ? 1 : 0))
                .array();
        byte[] signed = Bytes.concat(content, key.mac(content));
        return PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(signed);
    }

    /** Returns the content of a token; empty if its format or signature is invalid. */
    Optional<DecodedVisitorToken> decode(String token) {
        return signedBytes(token).filter(this::isSignatureValid).map(signed -> {
            ByteBuffer content = ByteBuffer.wrap(signed);
            UUID id = new UUID(content.getLong(), content.getLong());
            Instant issuedAt = Instant.ofEpochSecond(content.getLong());
            return new DecodedVisitorToken(new Visitor(id, content.get() == 1), issuedAt);
        });
    }

    private static Optional<byte[]> signedBytes(String token) {
        if (!token.startsWith(PREFIX)) {
            return Optional.empty();
        }
        try {
            return Optional.of(Base64.getUrlDecoder().decode(token.substring(PREFIX.length())));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private boolean isSignatureValid(byte[] signed) {
        if (signed.length != CONTENT_BYTES + MAC_BYTES) {
            return false;
        }
        byte[] expected = key.mac(Arrays.copyOf(signed, CONTENT_BYTES));
        return MessageDigest.isEqual(Arrays.copyOfRange(signed, CONTENT_BYTES, signed.length), expected);
    }
}
