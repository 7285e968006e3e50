package dev.gatefold.passes.issuance;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gatefold.catalog.CurrentCatalog;
import dev.gatefold.entitlements.Standing;
import dev.gatefold.kernel.Problem;
import dev.gatefold.passes.PassConfig;
import dev.gatefold.passes.PassConfigCheck;
import dev.gatefold.passes.claims.PassAudience;
import dev.gatefold.passes.claims.PassClaims;
import dev.gatefold.passes.claims.PassLifetime;
import dev.gatefold.passes.claims.PassScope;
import dev.gatefold.passes.claims.PassScopeMapper;
import dev.gatefold.passes.claims.PassSubjects;
import dev.gatefold.passes.keys.PassKeyRing;
import dev.gatefold.passes.keys.PassSigningKey;
import dev.gatefold.platform.startup.StartupSettings;
import dev.gatefold.web.SiteConfig;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.config.Config;

/** Gives passes, and notes to whom. */
@ApplicationScoped
class PassIssuer {
    record SignedPass(String pass, PassLifetime lifetime) {}

    /** Of the whole pass, in bytes: it travels in a header or a cookie. */
    static final int MAX_PASS_BYTES = 1023;

    private final CurrentCatalog catalog;
    private final PassSubjects names;
    private final PassKeyRing keys;
    private final IssuedPasses issued;
    private final PassConfig config;
    private final SiteConfig site;
    private final ObjectMapper json;

    PassIssuer(
            CurrentCatalog catalog,
            PassSubjects names,
            PassKeyRing keys,
            IssuedPasses issued,
            PassConfig config,
            SiteConfig site,
            ObjectMapper json) {
        this.catalog = catalog;
        this.names = names;
        this.keys = keys;
        this.issued = issued;
        this.config = config;
        this.site = site;
        this.json = json;
    }

    /** Rejects invalid settings in development and tests as well, where no startup check runs. */
    void check(@Observes StartupEvent event, Config config) {
        StartupSettings settings = new StartupSettings(config);
        new PassConfigCheck().check(settings);
        if (!settings.errors().isEmpty()) {
            throw new IllegalStateException(String.join("; ", settings.errors()));
        }
    }

    @Transactional
    SignedPass issue(Standing standing, PassAudience audience, Instant now) {
        PassScope held = PassScopeMapper.scopeOf(standing, catalog.get(), now);
        if (held.isEmpty()) {
            throw Problem.conflict(
                    "nothing-held",
                    "Nothing is held",
                    "A pass says what its bearer may open by right, and the account holds no right at present");
        }
        UUID account = standing.account().orElseThrow();
        PassLifetime life = PassLifetime.of(audience, held, config, now);
        PassSigningKey key = keys.signingKey(now);

        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("iss", site.url().toString());
        claims.put("aud", audience.claimValue());
        claims.put("sub", names.subjectOf(account, audience));
        claims.put("iat", life.issuedAt().getEpochSecond());
        claims.put("exp", life.expiresAt().getEpochSecond());
        life.offlineUntil().ifPresent(until -> claims.put("offline", until.getEpochSecond()));
        claims.put("version", standing.version());
        claims.putAll(PassClaims.largestFitting(
                held.withUnpaidEndingBy(life.unpaidRightsUntil()),
                coverage -> key.signedLength(payload(claims, coverage)) <= MAX_PASS_BYTES));

        issued.recordIssued(account, audience, standing.version(), life.endOfUse());
        return new SignedPass(key.sign(payload(claims, Map.of())), life);
    }

    private String payload(Map<String, Object> claims, Map<String, Object> more) {
        Map<String, Object> all = new LinkedHashMap<>(claims);
        all.putAll(more);
        try {
            return json.writeValueAsString(all);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
