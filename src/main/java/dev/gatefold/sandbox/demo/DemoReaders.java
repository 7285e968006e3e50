package dev.gatefold.sandbox.demo;

import dev.gatefold.accounts.account.Account;
import dev.gatefold.accounts.account.Accounts;
import dev.gatefold.catalog.CurrentCatalog;
import dev.gatefold.catalog.model.Plan;
import dev.gatefold.entitlements.EntitlementGrants;
import dev.gatefold.kernel.Identity;
import dev.gatefold.sandbox.issuer.SandboxUser;
import dev.gatefold.sandbox.stripe.StripeSandbox;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Creates the accounts of the demo readers at each start of the service, and renews free trials and free access so that these
 * readers stay in the same membership state. {@link DemoSubscriptions} adds the subscriptions. Does nothing where the
 * service uses another issuer.
 */
@ApplicationScoped
public class DemoReaders {
    static final String ORIGIN = "demo";

    /** After the catalog has been loaded. */
    private static final int AFTER_ALL_OTHERS = 10_000;

    private final Accounts accounts;
    private final EntitlementGrants grants;
    private final CurrentCatalog catalog;
    private final DemoTokens tokens;
    private final Clock clock;
    private final boolean withStripe;
    private final boolean withSubscriptions;

    DemoReaders(
            Accounts accounts,
            EntitlementGrants grants,
            CurrentCatalog catalog,
            DemoTokens tokens,
            Clock clock,
            @ConfigProperty(name = StripeSandbox.URL_PROPERTY) Optional<String> stripe,
            @ConfigProperty(name = DemoSubscriptions.AT_START_PROPERTY, defaultValue = "true") boolean atStart) {
        this.accounts = accounts;
        this.grants = grants;
        this.catalog = catalog;
        this.tokens = tokens;
        this.clock = clock;
        this.withStripe = stripe.isPresent();
        this.withSubscriptions = withStripe && atStart;
    }

    void createAtStart(@Observes @Priority(AFTER_ALL_OTHERS) StartupEvent event) {
        if (tokens.isAvailable()) {
            create();
        }
    }

    /** Creates the accounts. Members get an entitlement where they have no subscription at the Stripe sandbox. */
    @Transactional
    void create() {
        List<Plan> plans = catalog.get().plans();
        if (plans.isEmpty()) {
            return;
        }
        Instant now = clock.instant();
        Instant today = now.truncatedTo(ChronoUnit.DAYS);
        for (DemoPersona persona : DemoPersona.values()) {
            if (persona.hasAccount()) {
                UUID account = createAccount(persona.user(), now);
                persona.entitlement(plans, today)
                        .filter(entitlement -> !(withSubscriptions && persona.hasSubscription()))
                        .ifPresent(entitlement -> grants.grant(account, entitlement));
            }
        }
    }

    private UUID createAccount(SandboxUser user, Instant now) {
        Identity identity = new Identity(tokens.issuer(), user.subject());
        accounts.createIfAbsent(identity, now);
        Account account = accounts.findByIdentity(identity).orElseThrow();
        account.name = user.name();
        account.email = user.email();
        return account.id;
    }

    /** Returns the account of a reader, without the entitlement that stands in for a subscription. */
    @Transactional
    UUID accountForSubscription(DemoPersona persona) {
        Instant now = clock.instant();
        UUID account = createAccount(persona.user(), now);
        grants.end(account, ORIGIN, now);
        return account;
    }

    /** Returns true if the reader can be in the documented state. */
    boolean isAvailable(DemoPersona persona) {
        return withStripe || !persona.requiresSubscription();
    }
}
