package dev.gatefold.sandbox;

import dev.gatefold.accounts.Account;
import dev.gatefold.accounts.Accounts;
import dev.gatefold.catalog.CurrentCatalog;
import dev.gatefold.catalog.Plan;
import dev.gatefold.entitlements.Basis;
import dev.gatefold.entitlements.Granting;
import dev.gatefold.entitlements.Right;
import dev.gatefold.kernel.Identity;
import dev.gatefold.kernel.Term;
import dev.gatefold.sandbox.Issuer.Person;
import dev.gatefold.web.Caller;
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
class Cast {
    static final int LAST = 10_000;

    /** One of them; days are counted from the beginning of the day on which the service started. */
    enum Member {
        ANN("Ann", "ACTIVE", "a member", Basis.MEMBER, -10, 20),
        BEN("Ben", "TRIAL", "in the free trial", Basis.TRIAL, -4, 10),
        CLEO("Cleo", "GRACE", "whose card failed; still reading", Basis.GRACE, -3, 11),
        DAN("Dan", "ENDED", "whose trial has ended", Basis.TRIAL, -20, -6),
        EVE("Eve", "ENDED", "who was a member", Basis.MEMBER, -40, -10),
        FAY("Fay", "ENDED", "whose card failed for good", Basis.GRACE, -20, -6),
        GUS("Gus", "NONE", "who has signed up, and no more", null, 0, 0),
        HAL("Hal", "NONE", "who has not signed up", null, 0, 0),
        IVY("Ivy", "ACTIVE", "a member of the smaller plan", Basis.MEMBER, -10, 20),
        SAM("Sam", "NONE", "a service", List.of(Caller.SERVICE)),
        SUE("Sue", "NONE", "of the support desk", List.of(Caller.SUPPORT)),
        ADA("Ada", "NONE", "an administrator", List.of(Caller.ADMIN));

        private final String name;
        private final String state;
        private final String about;
        private final List<String> roles;
        private final Basis basis;
        private final int fromDay;
        private final int untilDay;

        Member(String name, String state, String about, Basis basis, int fromDay, int untilDay) {
            this.name = name;
            this.state = state;
            this.about = about;
            this.roles = List.of();
            this.basis = basis;
            this.fromDay = fromDay;
            this.untilDay = untilDay;
        }

        Member(String name, String state, String about, List<String> roles) {
            this.name = name;
            this.state = state;
            this.about = about;
            this.roles = roles;
            this.basis = null;
            this.fromDay = 0;
            this.untilDay = 0;
        }

        String state() {
            return state;
        }

        String about() {
            return about;
        }

        Person person() {
            String subject = name.toLowerCase(java.util.Locale.ROOT);
            return new Person(subject, name, subject + "@example.com", roles);
        }

        private boolean signedUp() {
            return roles.isEmpty() && this != HAL;
        }

        private Optional<Right> right(List<Plan> plans, Instant today) {
            Plan plan = this == IVY ? plans.getLast() : plans.getFirst();
            return Optional.ofNullable(basis)
                    .map(it -> Right.toPlan(
                            it,
                            it == Basis.TRIAL ? "trial" : "demo",
                            plan.slug(),
                            new Term(
                                    today.plus(fromDay, ChronoUnit.DAYS),
                                    Optional.of(today.plus(untilDay, ChronoUnit.DAYS)))));
        }
    }

    static List<Person> people() {
        return Arrays.stream(Member.values()).map(Member::person).toList();
    }

    private final Accounts accounts;
    private final Granting granting;
    private final CurrentCatalog catalog;
    private final Clock clock;
    private final Optional<String> issuer;

    Cast(
            Accounts accounts,
            Granting granting,
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
    void enter(@Observes @Priority(LAST) StartupEvent event) {
        List<Plan> plans = catalog.get().plans();
        if (issuer.isEmpty() || plans.isEmpty()) {
            return;
        }
        Instant now = clock.instant();
        Arrays.stream(Member.values()).filter(Member::signedUp).forEach(member -> {
            Account account = account(member, issuer.get(), now);
            member.right(plans, now.truncatedTo(ChronoUnit.DAYS)).ifPresent(right -> granting.grant(account.id, right));
        });
    }

    private Account account(Member member, String issuer, Instant now) {
        Person person = member.person();
        Identity identity = new Identity(issuer, person.subject());
        accounts.open(identity, now);
        Account account = accounts.of(identity).orElseThrow();
        account.name = person.name();
        account.email = person.email();
        return account;
    }
}
