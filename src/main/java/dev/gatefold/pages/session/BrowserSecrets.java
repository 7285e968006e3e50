package dev.gatefold.pages.session;

import com.google.common.hash.Hashing;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;

/** What only one browser knows, and what we keep of it. */
public final class BrowserSecrets {
    private static final int BYTES = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    private BrowserSecrets() {}

    public static String random() {
        byte[] bytes = new byte[BYTES];
        RANDOM.nextBytes(bytes);
        return base64Url(bytes);
    }

    public static byte[] sha256(String secret) {
        return Hashing.sha256().hashString(secret, StandardCharsets.US_ASCII).asBytes();
    }

    public static String base64Url(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
