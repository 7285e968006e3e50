package dev.gatefold.sandbox.demo;

import dev.gatefold.accounts.account.Account;
import dev.gatefold.accounts.account.Accounts;
import dev.gatefold.catalog.CurrentCatalog;
import dev.gatefold.catalog.model.Plan;
import dev.gatefold.entitlements.EntitlementGrants;
import dev.gatefold.kernel.Identity;
import dev.gatefold.sandbox.issuer.SandboxIssuer;
import dev.gatefold.sandbox.issuer.SandboxUser;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Creates the accounts of the demo readers at each start of the service, and renews their entitlements so that each reader
 * stays in the same membership state. Does nothing where the service uses another issuer.
 */
@Singleton
public class DemoReaders {
    /** After the catalog has been loaded. */
    private static final int AFTER_ALL_OTHERS = 10_000;

    private final Accounts accounts;
    private final EntitlementGrants grants;
    private final CurrentCatalog catalog;
    private final Clock clock;
    private final Optional<String> issuer;

    DemoReaders(
            Accounts accounts,
            EntitlementGrants grants,
            CurrentCatalog catalog,
            Clock clock,
            @ConfigProperty(name = SandboxIssuer.URL_PROPERTY) Optional<String> issuer) {
        this.accounts = accounts;
        this.grants = grants;
        this.catalog = catalog;
        this.clock = clock;
        this.issuer = issuer;
    }

    @Transactional
    void seed(@Observes @Priority(AFTER_ALL_OTHERS) StartupEvent event) {
        List<Plan> plans = catalog.get().plans();
        if (issuer.isEmpty() || plans.isEmpty()) {
            return;
        }
        Instant now = clock.instant();
        Instant today = now.truncatedTo(ChronoUnit.DAYS);
        for (DemoPersona persona : DemoPersona.values()) {
            if (persona.hasAccount()) {
                Account account = createAccount(persona.user(), now);
                persona.entitlement(plans, today).ifPresent(entitlement -> grants.grant(account.id, entitlement));
                grants.setBilling(account.id, persona.billing());
            }
        }
    }

    private Account createAccount(SandboxUser user, Instant now) {
        Identity identity = new Identity(issuer.orElseThrow(), user.subject());
        accounts.createIfAbsent(identity, now);
        Account account = accounts.findByIdentity(identity).orElseThrow();
        account.name = user.name();
        account.email = user.email();
        return account;
    }
}
