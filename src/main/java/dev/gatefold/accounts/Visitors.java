package dev.gatefold.accounts;

import dev.gatefold.kernel.Problem;
import jakarta.inject.Singleton;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Gives visitors their tokens and recognises them again, keeping no list: a token is {@code v1.} and, in base64url, 16
 * bytes of number, 8 bytes of the second in which it was given, and a MAC (HMAC-SHA-256) over both. It ends after
 * thirteen months.
 */
@Singleton
public final class Visitors {
    /** A token and when it ends. */
    public record Given(String token, Instant expiresAt) {}

    private static final String ALGORITHM = "HmacSHA256";
    private static final String PREFIX = "v1.";
    private static final int SIGNED = 16 + 8;
    private static final int WHOLE = SIGNED + 32;
    private static final long LASTS_DAYS = 395;
    private static final long SKEW_SECONDS = 60;

    private final SigningKeys keys;

    Visitors(SigningKeys keys) {
        this.keys = keys;
    }

    Given welcome(Instant now) {
        UUID id = UUID.randomUUID();
        Instant issued = now.truncatedTo(ChronoUnit.SECONDS);
        byte[] signed = ByteBuffer.allocate(SIGNED)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .putLong(issued.getEpochSecond())
                .array();
        byte[] whole = ByteBuffer.allocate(WHOLE).put(signed).put(mac(signed)).array();
        String token = PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(whole);
        return new Given(token, issued.plus(LASTS_DAYS, ChronoUnit.DAYS));
    }

    /** The visitor whose token this is; empty where it is missing, forged or ended. */
    public Optional<Visitor> known(String token, Instant now) {
        if (token == null || !token.startsWith(PREFIX)) {
            return Optional.empty();
        }
        byte[] whole;
        try {
            whole = Base64.getUrlDecoder().decode(token.substring(PREFIX.length()));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
        byte[] signed = Arrays.copyOf(whole, SIGNED);
        if (whole.length != WHOLE || !MessageDigest.isEqual(Arrays.copyOfRange(whole, SIGNED, WHOLE), mac(signed))) {
            return Optional.empty();
        }
        ByteBuffer content = ByteBuffer.wrap(signed);
        UUID id = new UUID(content.getLong(), content.getLong());
        Instant issued = Instant.ofEpochSecond(content.getLong());
        boolean lasts = !issued.isAfter(now.plusSeconds(SKEW_SECONDS))
                && now.isBefore(issued.plus(LASTS_DAYS, ChronoUnit.DAYS));
        return Optional.of(new Visitor(id, true)).filter(_ -> lasts);
    }

    /** The visitor who asks; none without a token, and a problem with a token that is not ours, or ended. */
    public Optional<Visitor> asking(String token, Instant now) {
        if (token == null) {
            return Optional.empty();
        }
        return Optional.of(known(token, now)
                .orElseThrow(() -> Problem.badRequest(
                        "visitor-token-invalid",
                        "The visitor token is not valid",
                        "X-Visitor holds a token that is not ours or has ended; POST /v1/visitors gives a new one")));
    }

    private byte[] mac(byte[] signed) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(keys.visitors(), ALGORITHM));
            return mac.doFinal(signed);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
