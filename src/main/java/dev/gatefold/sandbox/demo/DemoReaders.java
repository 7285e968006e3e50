package dev.gatefold.sandbox.demo;

import dev.gatefold.accounts.account.Account;
import dev.gatefold.accounts.account.Accounts;
import dev.gatefold.catalog.CurrentCatalog;
import dev.gatefold.catalog.model.Plan;
import dev.gatefold.entitlements.Entitlement;
import dev.gatefold.entitlements.EntitlementBasis;
import dev.gatefold.entitlements.EntitlementGrants;
import dev.gatefold.kernel.Identity;
import dev.gatefold.kernel.Term;
import dev.gatefold.sandbox.SandboxMain;
import dev.gatefold.sandbox.issuer.SandboxIssuer.SandboxUser;
import dev.gatefold.web.http.Caller;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Somebody of every kind, to try things as. Their terms are put right at every start, so that a member stays one. */
@Singleton
public class DemoReaders {
    static final int AFTER_ALL_OTHERS = 10_000;

    /** One of them; days are counted from the beginning of the day on which the service started. */
    enum DemoPersona {
        ANN("Ann", "ACTIVE", "a member", EntitlementBasis.MEMBER, -10, 20),
        BEN("Ben", "TRIAL", "in the free trial", EntitlementBasis.TRIAL, -4, 10),
        CLEO("Cleo", "GRACE", "whose card failed; still reading", EntitlementBasis.GRACE, -3, 11),
        DAN("Dan", "ENDED", "whose trial has ended", EntitlementBasis.TRIAL, -20, -6),
        EVE("Eve", "ENDED", "who was a member", EntitlementBasis.MEMBER, -40, -10),
        FAY("Fay", "ENDED", "whose card failed for good", EntitlementBasis.GRACE, -20, -6),
        GUS("Gus", "NONE", "who has signed up, and no more", null, 0, 0),
        HAL("Hal", "NONE", "who has not signed up", null, 0, 0),
        IVY("Ivy", "ACTIVE", "a member of the smaller plan", EntitlementBasis.MEMBER, -10, 20),
        SAM("Sam", "NONE", "a service", List.of(Caller.SERVICE)),
        SUE("Sue", "NONE", "of the support desk", List.of(Caller.SUPPORT)),
        ADA("Ada", "NONE", "an administrator", List.of(Caller.ADMIN));

        private final String name;
        private final String state;
        private final String description;
        private final List<String> roles;
        private final EntitlementBasis basis;
        private final int fromDay;
        private final int untilDay;

        DemoPersona(String name, String state, String about, EntitlementBasis basis, int fromDay, int untilDay) {
            this.name = name;
            this.state = state;
            this.description = about;
            this.roles = List.of();
            this.basis = basis;
            this.fromDay = fromDay;
            this.untilDay = untilDay;
        }

        DemoPersona(String name, String state, String about, List<String> roles) {
            this.name = name;
            this.state = state;
            this.description = about;
            this.roles = roles;
            this.basis = null;
            this.fromDay = 0;
            this.untilDay = 0;
        }

        String state() {
            return state;
        }

        String description() {
            return description;
        }

        SandboxUser user() {
            String subject = name.toLowerCase(java.util.Locale.ROOT);
            return new SandboxUser(subject, name, subject + "@example.com", roles);
        }

        private boolean signedUp() {
            return roles.isEmpty() && this != HAL;
        }

        private Optional<Entitlement> right(List<Plan> plans, Instant today) {
            Plan plan = this == IVY ? plans.getLast() : plans.getFirst();
            return Optional.ofNullable(basis)
                    .map(it -> Entitlement.forPlan(
                            it,
                            it == EntitlementBasis.TRIAL ? "trial" : "demo",
                            plan.slug(),
                            new Term(
                                    today.plus(fromDay, ChronoUnit.DAYS),
                                    Optional.of(today.plus(untilDay, ChronoUnit.DAYS)))));
        }
    }

    public static List<SandboxUser> users() {
        return Arrays.stream(DemoPersona.values()).map(DemoPersona::user).toList();
    }

    private final Accounts accounts;
    private final EntitlementGrants granting;
    private final CurrentCatalog catalog;
    private final Clock clock;
    private final Optional<String> issuer;

    DemoReaders(
            Accounts accounts,
            EntitlementGrants granting,
            CurrentCatalog catalog,
            Clock clock,
            @ConfigProperty(name = SandboxMain.ISSUER) Optional<String> issuer) {
        this.accounts = accounts;
        this.granting = granting;
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
        Arrays.stream(DemoPersona.values()).filter(DemoPersona::signedUp).forEach(member -> {
            Account account = account(member, issuer.get(), now);
            member.right(plans, now.truncatedTo(ChronoUnit.DAYS)).ifPresent(right -> granting.grant(account.id, right));
        });
    }

    private Account account(DemoPersona member, String issuer, Instant now) {
        SandboxUser person = member.user();
        Identity identity = new Identity(issuer, person.subject());
        accounts.createIfAbsent(identity, now);
        Account account = accounts.findByIdentity(identity).orElseThrow();
        account.name = person.name();
        account.email = person.email();
        return account;
    }
}
