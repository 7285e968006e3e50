package dev.gatefold.passes.issuance;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gatefold.catalog.CurrentCatalog;
import dev.gatefold.entitlements.Standing;
import dev.gatefold.kernel.Problem;
import dev.gatefold.passes.PassConfig;
import dev.gatefold.passes.claims.PassAudience;
import dev.gatefold.passes.claims.PassClaims;
import dev.gatefold.passes.claims.PassLifetime;
import dev.gatefold.passes.claims.PassScope;
import dev.gatefold.passes.claims.PassScopeMapper;
import dev.gatefold.passes.keys.PassKeyRing;
import dev.gatefold.passes.keys.PassSigningKey;
import dev.gatefold.web.SiteConfig;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/** Issues signed passes and records them, so that they can be revoked. */
@ApplicationScoped
class PassIssuer {
    /** Maximum size of a pass, which travels in a header or a cookie. */
    static final int MAX_PASS_BYTES = 1023;

    private final CurrentCatalog catalog;
    private final PassSubjects subjects;
    private final PassKeyRing keys;
    private final IssuedPasses issued;
    private final PassConfig config;
    private final SiteConfig site;
    private final ObjectMapper json;

    PassIssuer(
            CurrentCatalog catalog,
            PassSubjects subjects,
            PassKeyRing keys,
            IssuedPasses issued,
            PassConfig config,
            SiteConfig site,
            ObjectMapper json) {
        this.catalog = catalog;
        this.subjects = subjects;
        this.keys = keys;
        this.issued = issued;
        this.config = config;
        this.site = site;
        this.json = json;
    }

    /**
     * Issues a pass.
     *
     * @param standing the present entitlements of an account, not from a cache
     * @throws Problem conflict, if the account has no entitlement now
     */
    @Transactional
    SignedPass issue(Standing standing, PassAudience audience, Instant now) {
        PassScope scope = PassScopeMapper.scopeOf(standing, catalog.get(), now);
        if (scope.isEmpty()) {
            throw Problem.conflict(
                    "nothing-held",
                    "The account has no entitlement",
                    "A pass lists the sources that an account is entitled to, and this account has no entitlement now");
        }
        UUID account = standing.account().orElseThrow();
        PassLifetime lifetime = PassLifetime.of(audience, scope, config, now);
        PassSigningKey key = keys.signingKey(now);
        Map<String, Object> claims = registeredClaims(account, audience, standing.version(), lifetime);
        Map<String, Object> rights = PassClaims.largestFitting(
                scope.withUnpaidEndingBy(lifetime.unpaidRightsUntil()),
                candidate -> key.signedLength(payload(claims, candidate)) <= MAX_PASS_BYTES);

        issued.recordIssued(account, audience, standing.version(), lifetime.endOfUse());
        return new SignedPass(key.sign(payload(claims, rights)), lifetime);
    }

    private Map<String, Object> registeredClaims(
            UUID account, PassAudience audience, long version, PassLifetime lifetime) {
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("iss", site.url().toString());
        claims.put("aud", audience.claimValue());
        claims.put("sub", subjects.subjectOf(account, audience));
        claims.put("iat", lifetime.issuedAt().getEpochSecond());
        claims.put("exp", lifetime.expiresAt().getEpochSecond());
        lifetime.offlineUntil().ifPresent(until -> claims.put("offline", until.getEpochSecond()));
        claims.put("version", version);
        return claims;
    }

    private String payload(Map<String, Object> claims, Map<String, Object> rights) {
        Map<String, Object> all = new LinkedHashMap<>(claims);
        all.putAll(rights);
        try {
            return json.writeValueAsString(all);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
