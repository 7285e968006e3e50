package dev.gatefold.pages.session;

import com.google.common.hash.Hashing;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;

/** Random secrets in cookies, and the hashes that the database stores of them. */
public final class BrowserSecrets {
    private static final int BYTES = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    private BrowserSecrets() {}

    /** Returns 256 random bits in base64url. */
    public static String random() {
        byte[] bytes = new byte[BYTES];
        RANDOM.nextBytes(bytes);
        return base64Url(bytes);
    }

    /** Returns the SHA-256 hash of an ASCII string. */
    public static byte[] sha256(String secret) {
        return Hashing.sha256().hashString(secret, StandardCharsets.US_ASCII).asBytes();
    }

    /** Encodes bytes in base64url without padding. */
    public static String base64Url(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
