package dev.gatefold.sandbox.issuer;

import dev.gatefold.sandbox.issuer.SandboxIssuer.SandboxUser;
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

/** Signs the development issuer's tokens, with RS256. Tokens live by the machine's time, however the service's clock is moved. */
public final class SandboxTokenSigner {
    private static final int BITS = 2048;
    private static final FileAttribute<?> OURS_ONLY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    private final RsaJsonWebKey key;
    private final Clock clock = Clock.systemUTC();

    private SandboxTokenSigner(RsaJsonWebKey key) {
        this.key = key;
    }

    /** With a key that nobody else has ever seen. */
    public static SandboxTokenSigner withNewKey() {
        try {
            RsaJsonWebKey key = RsaJwkGenerator.generateJwk(BITS);
            key.setKeyId(UUID.randomUUID().toString());
            key.setAlgorithm(AlgorithmIdentifiers.RSA_USING_SHA256);
            key.setUse("sig");
            return new SandboxTokenSigner(key);
        } catch (JoseException e) {
            throw new IllegalStateException(e);
        }
    }

    /** With the key in the file, which is made if it is not there. */
    public static SandboxTokenSigner withKeyFile(Path file) {
        try {
            if (Files.exists(file)) {
                return new SandboxTokenSigner((RsaJsonWebKey) JsonWebKey.Factory.newJwk(Files.readString(file)));
            }
            SandboxTokenSigner signer = withNewKey();
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.createFile(file, OURS_ONLY);
            Files.writeString(file, signer.key.toJson(JsonWebKey.OutputControlLevel.INCLUDE_PRIVATE));
            return signer;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (JoseException e) {
            throw new IllegalStateException("The key in " + file + " cannot be read; remove it for a new one", e);
        }
    }

    String publicKeys() {
        return new JsonWebKeySet(key).toJson(JsonWebKey.OutputControlLevel.PUBLIC_ONLY);
    }

    String accessToken(String issuer, String audience, SandboxUser person, Duration lasts) {
        JwtClaims claims = claims(issuer, audience, person, lasts);
        claims.setStringListClaim("groups", person.roles());
        return sign(claims, "at+jwt");
    }

    String idToken(String issuer, String client, SandboxUser person, String nonce, String accessToken, Duration lasts) {
        JwtClaims claims = claims(issuer, client, person, lasts);
        claims.setClaim("at_hash", half(accessToken));
        if (nonce != null) {
            claims.setClaim("nonce", nonce);
        }
        return sign(claims, "JWT");
    }

    private JwtClaims claims(String issuer, String audience, SandboxUser person, Duration lasts) {
        long now = clock.instant().getEpochSecond();
        JwtClaims claims = new JwtClaims();
        claims.setIssuer(issuer);
        claims.setSubject(person.subject());
        claims.setAudience(audience);
        claims.setIssuedAt(NumericDate.fromSeconds(now));
        claims.setExpirationTime(NumericDate.fromSeconds(now + lasts.toSeconds()));
        claims.setJwtId(UUID.randomUUID().toString());
        if (person.email() != null) {
            claims.setClaim("email", person.email());
        }
        if (person.name() != null) {
            claims.setClaim("name", person.name());
        }
        return claims;
    }

    /** Signs any claims: tests make faulty tokens of them. */
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

    /** The key as everybody may know it. */
    public RsaJsonWebKey key() {
        return key;
    }

    private static String half(String accessToken) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256").digest(accessToken.getBytes(StandardCharsets.US_ASCII));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(digest, digest.length / 2));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
