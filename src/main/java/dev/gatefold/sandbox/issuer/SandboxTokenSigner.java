package dev.gatefold.sandbox.issuer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.UUID;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.RsaJsonWebKey;
import org.jose4j.jwk.RsaJwkGenerator;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.jose4j.lang.JoseException;

/**
 * Signs the tokens of the development issuer with RS256. Lifetimes follow the system clock, because the service verifies
 * tokens against it even when its own clock has been moved.
 */
public final class SandboxTokenSigner {
    private static final int KEY_BITS = 2048;
    private static final FileAttribute<?> OWNER_ONLY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    private final RsaJsonWebKey key;
    private final Clock clock = Clock.systemUTC();

    private SandboxTokenSigner(RsaJsonWebKey key) {
        this.key = key;
    }

    /** Returns a signer with a new random key. */
    public static SandboxTokenSigner withNewKey() {
        try {
            RsaJsonWebKey key = RsaJwkGenerator.generateJwk(KEY_BITS);
            key.setKeyId(UUID.randomUUID().toString());
            key.setAlgorithm(AlgorithmIdentifiers.RSA_USING_SHA256);
            key.setUse("sig");
            return new SandboxTokenSigner(key);
        } catch (JoseException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Returns a signer with the key in the file. Creates the key and the file if the file does not exist. */
    public static SandboxTokenSigner withKeyFile(Path file) {
        try {
            if (Files.exists(file)) {
                return new SandboxTokenSigner((RsaJsonWebKey) JsonWebKey.Factory.newJwk(Files.readString(file)));
            }
            SandboxTokenSigner signer = withNewKey();
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.createFile(file, OWNER_ONLY);
            Files.writeString(file, signer.key.toJson(JsonWebKey.OutputControlLevel.INCLUDE_PRIVATE));
            return signer;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (JoseException e) {
            throw new IllegalStateException(
                    "The signing key in " + file + " cannot be parsed. Delete the file to create a new key.", e);
        }
    }

    /** Returns the public key as a JWK set. */
    String publicKeys() {
        return new JsonWebKeySet(key).toJson(JsonWebKey.OutputControlLevel.PUBLIC_ONLY);
    }

    String accessToken(String issuer, String audience, SandboxUser user, Duration lifetime) {
        JwtClaims claims = claims(issuer, audience, user, lifetime);
        claims.setStringListClaim("groups", user.roles());
        return sign(claims, "at+jwt");
    }

    String idToken(
            String issuer, String client, SandboxUser user, String nonce, String accessToken, Duration lifetime) {
        JwtClaims claims = claims(issuer, client, user, lifetime);
        claims.setClaim("at_hash", hash(accessToken));
        if (nonce != null) {
            claims.setClaim("nonce", nonce);
        }
        return sign(claims, "JWT");
    }

    private JwtClaims claims(String issuer, String audience, SandboxUser user, Duration lifetime) {
        long now = clock.instant().getEpochSecond();
        JwtClaims claims = new JwtClaims();
        claims.setIssuer(issuer);
        claims.setSubject(user.subject());
        claims.setAudience(audience);
        claims.setIssuedAt(NumericDate.fromSeconds(now));
        claims.setExpirationTime(NumericDate.fromSeconds(now + lifetime.toSeconds()));
        claims.setJwtId(UUID.randomUUID().toString());
        if (user.email() != null) {
            claims.setClaim("email", user.email());
        }
        if (user.emailVerified() != null) {
            claims.setClaim("email_verified", user.emailVerified());
        }
        if (user.name() != null) {
            claims.setClaim("name", user.name());
        }
        return claims;
    }

    /** Signs any claims, so that tests can create invalid tokens. */
    public String sign(JwtClaims claims, String type) {
        try {
            JsonWebSignature signature = new JsonWebSignature();
            signature.setPayload(claims.toJson());
            signature.setAlgorithmHeaderValue(AlgorithmIdentifiers.RSA_USING_SHA256);
            signature.setKeyIdHeaderValue(key.getKeyId());
            signature.setHeader("typ", type);
            signature.setKey(key.getPrivateKey());
            return signature.getCompactSerialization();
        } catch (JoseException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Returns the key pair. */
    public RsaJsonWebKey key() {
        return key;
    }

    // OpenID Connect Core 1.0, section 3.1.3.6: the left half of the SHA-256 hash.
    private static String hash(String accessToken) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256").digest(accessToken.getBytes(StandardCharsets.US_ASCII));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(digest, digest.length / 2));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
