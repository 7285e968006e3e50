package dev.gatefold.accounts.account;

import dev.gatefold.accounts.visitors.Visitor;
import dev.gatefold.kernel.Identity;
import dev.gatefold.web.http.Caller;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.Optional;

/** Gives a reader an account, once. */
@ApplicationScoped
public class SignUpService {
    public record SignUpResult(Account account, boolean isNew) {}

    private final Accounts accounts;
    private final PersonFingerprints persons;
    private final Event<ReaderSignedUp> signedUp;

    SignUpService(Accounts accounts, PersonFingerprints persons, Event<ReaderSignedUp> signedUp) {
        this.accounts = accounts;
        this.persons = persons;
        this.signedUp = signedUp;
    }

    /** As the issuer's token says it: by whoever comes to a page of ours. */
    @Transactional
    public SignUpResult signUp(Caller caller, Optional<Visitor> visitor, boolean startTrial, Instant at) {
        return signUp(caller, new AccountPatch().withDefaultsFrom(caller), visitor, startTrial, at);
    }

    @Transactional
    SignUpResult signUp(
            Caller caller, AccountPatch details, Optional<Visitor> visitor, boolean startTrial, Instant at) {
        Identity identity = caller.requireReader();
        boolean isNew = accounts.createIfAbsent(identity, at);
        Account account = accounts.findByIdentity(identity).orElseThrow();
        if (isNew) {
            details.applyTo(account);
        }
        caller.verifiedEmail().ifPresent(email -> account.verifiedEmail = persons.fingerprintOfEmail(email));
        signedUp.fire(new ReaderSignedUp(account, visitor, startTrial, at));
        accounts.flush();
        accounts.getEntityManager().refresh(account);
        return new SignUpResult(account, isNew);
    }
}
