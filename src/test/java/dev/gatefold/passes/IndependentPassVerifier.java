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

/** A verifier as somebody else writes it, with a library that the service does not use, from what is published. */
public record IndependentPassVerifier(String keys, String revocations, String issuer, String audience, Instant now) {
    /** The claims of a pass that is good; throws where it is not. */
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
