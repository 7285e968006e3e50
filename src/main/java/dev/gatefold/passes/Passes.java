package dev.gatefold.passes;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gatefold.catalog.CurrentCatalog;
import dev.gatefold.entitlements.Standing;
import dev.gatefold.kernel.Problem;
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
class Passes {
    record Issued(String pass, Life life) {}

    /** Of the whole pass, in bytes: it travels in a header or a cookie. */
    static final int LONGEST = 1023;

    private final CurrentCatalog catalog;
    private final Names names;
    private final KeyRing keys;
    private final IssuedPasses issued;
    private final PassConfig config;
    private final SiteConfig site;
    private final ObjectMapper json;

    Passes(
            CurrentCatalog catalog,
            Names names,
            KeyRing keys,
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

    /** Bounds that are not kept are a reason not to start, also where nobody has looked at the settings before. */
    void check(@Observes StartupEvent event, Config settings) {
        PassSettings.check(property -> settings.getOptionalValue(property, String.class), (property, detail) -> {
            throw new IllegalStateException(property + " " + detail);
        });
    }

    @Transactional
    Issued issue(Standing standing, Audience audience, Instant now) {
        Extent held = Holding.of(standing, catalog.get(), now);
        if (held.isEmpty()) {
            throw Problem.conflict(
                    "nothing-held",
                    "Nothing is held",
                    "A pass says what its bearer may open by right, and the account holds no right at present");
        }
        UUID account = standing.account().orElseThrow();
        Life life = Life.of(audience, held, config, now);
        SigningKey key = keys.signing(now);

        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("iss", site.url().toString());
        claims.put("aud", audience.claim());
        claims.put("sub", names.of(account, audience));
        claims.put("iat", life.issuedAt().getEpochSecond());
        claims.put("exp", life.expiresAt().getEpochSecond());
        life.offlineUntil().ifPresent(until -> claims.put("offline", until.getEpochSecond()));
        claims.put("version", standing.version());
        claims.putAll(Wording.of(
                held.owedUntil(life.owedUntil()), coverage -> key.length(payload(claims, coverage)) <= LONGEST));

        issued.record(account, audience, standing.version(), life.end());
        return new Issued(key.sign(payload(claims, Map.of())), life);
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
