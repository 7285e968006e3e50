package dev.gatefold.passes;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.JSONObjectUtils;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.BadJWTException;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import java.text.ParseException;
import java.time.Instant;
import java.util.Date;
import java.util.Set;

/**
 * A verifier as a publisher may write it: it uses another JWT library than the service, and only the published documents.
 *
 * @param keys the JWK set, as JSON
 * @param revocations the list of revoked passes, as JSON
 */
public record IndependentPassVerifier(String keys, String revocations, String issuer, String audience, Instant now) {
    /** Returns the claims of a valid pass, and throws for any other. */
    public JWTClaimsSet verify(String pass) throws BadJOSEException, JOSEException, ParseException {
        var claims =
                new DefaultJWTClaimsVerifier<SecurityContext>(
                        audience,
                        new JWTClaimsSet.Builder().issuer(issuer).build(),
                        Set.of("sub", "iat", "exp", "version", "rights")) {
                    @Override
                    protected Date currentTime() {
                        return Date.from(now);
                    }
                };
        claims.setMaxClockSkew(0);
        var processor = new DefaultJWTProcessor<SecurityContext>();
        processor.setJWSTypeVerifier(
                new DefaultJOSEObjectTypeVerifier<SecurityContext>(new JOSEObjectType("entitlement+jwt")));
        processor.setJWSKeySelector(
                new JWSVerificationKeySelector<>(JWSAlgorithm.ES256, new ImmutableJWKSet<>(JWKSet.parse(keys))));
        processor.setJWTClaimsSetVerifier(claims);
        return requireNotRevoked(processor.process(pass, null));
    }

    private JWTClaimsSet requireNotRevoked(JWTClaimsSet claims) throws BadJOSEException, ParseException {
        for (var item : JSONObjectUtils.getJSONObjectArray(JSONObjectUtils.parse(revocations), "items")) {
            if (item.get("sub").equals(claims.getSubject())
                    && claims.getLongClaim("version") < JSONObjectUtils.getLong(item, "version")) {
                throw new BadJWTException("Revoked");
            }
        }
        return claims;
    }
}
