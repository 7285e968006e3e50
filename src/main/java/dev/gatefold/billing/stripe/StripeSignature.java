package dev.gatefold.billing.stripe;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A parsed {@code Stripe-Signature} header: HMAC-SHA-256 of {@code t.body} with any secret of the endpoint. It is verified on
 * the received bytes, before any parsing.
 *
 * @param signedAt seconds since the epoch
 * @param candidates the signatures of scheme {@code v1}
 */
record StripeSignature(long signedAt, List<byte[]> candidates) {
    static final Duration TOLERANCE = Duration.ofMinutes(5);

    private static final int MAX_HEADER_LENGTH = 4096;
    private static final int MAX_CANDIDATES = 20;
    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,12}");
    private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");
    private static final String ALGORITHM = "HmacSHA256";

    /**
     * Parses the header {@code Stripe-Signature}: {@code t=1492774577,v1=5257a8...,v0=...}.
     *
     * @throws IllegalArgumentException if the header is missing or malformed
     */
    static StripeSignature parse(String header) {
        if (header == null || header.length() > MAX_HEADER_LENGTH) {
            throw new IllegalArgumentException("The Stripe-Signature header is missing or too long");
        }
        String signedAt = null;
        List<byte[]> candidates = new ArrayList<>();
        for (String part : header.split(",")) {
            int equals = part.indexOf('=');
            String name = equals < 0 ? "" : part.substring(0, equals).strip();
            String value = part.substring(equals + 1).strip();
            if (name.equals("t") && SECONDS.matcher(value).matches()) {
                signedAt = value;
            } else if (name.equals("v1") && DIGEST.matcher(value).matches() && candidates.size() < MAX_CANDIDATES) {
                candidates.add(HexFormat.of().parseHex(value));
            }
        }
        if (signedAt == null || candidates.isEmpty()) {
            throw new IllegalArgumentException("The Stripe-Signature header has no timestamp or no v1 signature");
        }
        return new StripeSignature(Long.parseLong(signedAt), candidates);
    }

    /** Returns true if the body was signed at most five minutes before or after {@code now}. */
    boolean isWithinTolerance(Instant now) {
        return Math.abs(now.getEpochSecond() - signedAt) <= TOLERANCE.toSeconds();
    }

    /** Returns true if the body was signed with one of the secrets. */
    boolean matches(byte[] body, List<String> secrets) {
        byte[] time = (signedAt + ".").getBytes(StandardCharsets.US_ASCII);
        boolean valid = false;
        for (String secret : secrets) {
            byte[] expected = mac(secret.strip(), time, body);
            for (byte[] candidate : candidates) {
                valid |= MessageDigest.isEqual(expected, candidate);
            }
        }
        return valid;
    }

    private static byte[] mac(String secret, byte[] time, byte[] body) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM));
            mac.update(time);
            return mac.doFinal(body);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
