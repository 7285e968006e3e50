package dev.gatefold.accounts;

import dev.gatefold.kernel.Identity;
import dev.gatefold.web.Caller;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.Optional;

/** Gives a reader an account, once. */
@ApplicationScoped
public class SignUp {
    public record Outcome(Account account, boolean isNew) {}

    private final Accounts accounts;
    private final Persons persons;
    private final Event<SignedUp> signedUp;

    SignUp(Accounts accounts, Persons persons, Event<SignedUp> signedUp) {
        this.accounts = accounts;
        this.persons = persons;
        this.signedUp = signedUp;
    }

    /** As the issuer's token says it: by whoever comes to a page of ours. */
    @Transactional
    public Outcome signUp(Caller caller, Optional<Visitor> visitor, boolean startTrial, Instant at) {
        return signUp(caller, new Details().orElseSaidBy(caller), visitor, startTrial, at);
    }

    @Transactional
    Outcome signUp(Caller caller, Details details, Optional<Visitor> visitor, boolean startTrial, Instant at) {
        Identity identity = caller.requireReader();
        boolean isNew = accounts.open(identity, at);
        Account account = accounts.of(identity).orElseThrow();
        if (isNew) {
            details.applyTo(account);
        }
        caller.verifiedEmail().ifPresent(email -> account.verifiedEmail = persons.ofEmail(email));
        signedUp.fire(new SignedUp(account, visitor, startTrial, at));
        accounts.flush();
        accounts.getEntityManager().refresh(account);
        return new Outcome(account, isNew);
    }
}
