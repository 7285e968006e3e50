package dev.gatefold.accounts.visitors;

import com.google.common.primitives.Bytes;
import dev.gatefold.kernel.Problem;
import jakarta.inject.Singleton;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * Gives visitors their tokens and recognises them again, keeping no list: a token is {@code v2.} and, in base64url, 16
 * bytes of number, 8 bytes of the second in which it was given, a byte that says whether a meter is spent on it, and a MAC
 * (HMAC-SHA-256) over all that. It ends after thirteen months. Older tokens, {@code v1.}, are without that byte.
 */
@Singleton
public final class VisitorTokens {
    /** A token and when it ends. */
    @Schema(
            name = "VisitorToken",
            requiredProperties = {"token", "expiresAt"})
    public record VisitorToken(String token, Instant expiresAt) {}

    private static final String PREFIX_V1 = "v1.";
    private static final String PREFIX_V2 = "v2.";
    private static final int NUMBER_AND_SECOND = 16 + 8;
    private static final int MAC = 32;
    private static final long LASTS_DAYS = 393;
    private static final long SKEW_SECONDS = 60;

    private final HmacKey keys;
    private final VisitorQuota newcomers;

    VisitorTokens(HmacKey keys, VisitorQuota newcomers) {
        this.keys = keys;
        this.newcomers = newcomers;
    }

    /**
     * A token for somebody new; asks the database.
     *
     * @param address where the visitor comes from; null where that is no address of the network
     */
    public VisitorToken issue(String address, Instant now) {
        boolean mayMeter = newcomers.tryAcquire(address, now);
        UUID id = UUID.randomUUID();
        Instant issued = now.truncatedTo(ChronoUnit.SECONDS);
        byte[] signed = ByteBuffer.allocate(NUMBER_AND_SECOND + 1)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .putLong(issued.getEpochSecond())
                .put((byte) (mayMeter ? 1 : 0))
                .array();
        byte[] whole = Bytes.concat(signed, keys.mac(signed));
        String token = PREFIX_V2 + Base64.getUrlEncoder().withoutPadding().encodeToString(whole);
        return new VisitorToken(token, issued.plus(LASTS_DAYS, ChronoUnit.DAYS));
    }

    /** The visitor whose token this is; empty where it is missing, forged or ended. */
    public Optional<Visitor> find(String token, Instant now) {
        if (token == null || !(token.startsWith(PREFIX_V2) || token.startsWith(PREFIX_V1))) {
            return Optional.empty();
        }
        byte[] whole;
        try {
            whole = Base64.getUrlDecoder().decode(token.substring(PREFIX_V2.length()));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
        int length = NUMBER_AND_SECOND + (token.startsWith(PREFIX_V2) ? 1 : 0);
        byte[] signed = Arrays.copyOf(whole, length);
        if (whole.length != length + MAC
                || !MessageDigest.isEqual(Arrays.copyOfRange(whole, length, whole.length), keys.mac(signed))) {
            return Optional.empty();
        }
        ByteBuffer content = ByteBuffer.wrap(signed);
        UUID id = new UUID(content.getLong(), content.getLong());
        Instant issued = Instant.ofEpochSecond(content.getLong());
        boolean mayMeter = !content.hasRemaining() || content.get() == 1;
        boolean lasts = !issued.isAfter(now.plusSeconds(SKEW_SECONDS))
                && now.isBefore(issued.plus(LASTS_DAYS, ChronoUnit.DAYS));
        return Optional.of(new Visitor(id, mayMeter)).filter(_ -> lasts);
    }

    /** The visitor who asks; none without a token, and a problem with a token that is not ours, or ended. */
    public Optional<Visitor> require(String token, Instant now) {
        if (token == null) {
            return Optional.empty();
        }
        return Optional.of(find(token, now)
                .orElseThrow(() -> Problem.badRequest(
                        "visitor-token-invalid",
                        "The visitor token is not valid",
                        "X-Visitor holds a token that is not ours or has ended; POST /v1/visitors gives a new one")));
    }
}
