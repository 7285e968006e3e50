package dev.gatefold.accounts.account;

import dev.gatefold.accounts.visitors.Visitor;
import dev.gatefold.kernel.Identity;
import dev.gatefold.web.http.Caller;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.Optional;

/** Creates the account of a reader. */
@ApplicationScoped
public class SignUpService {
    /**
     * The result of a sign-up.
     *
     * @param isNew false if the account existed before
     */
    public record SignUpResult(Account account, boolean isNew) {}

    private final Accounts accounts;
    private final PersonFingerprints fingerprints;
    private final Event<ReaderSignedUp> signedUp;

    SignUpService(Accounts accounts, PersonFingerprints fingerprints, Event<ReaderSignedUp> signedUp) {
        this.accounts = accounts;
        this.fingerprints = fingerprints;
        this.signedUp = signedUp;
    }

    /**
     * Creates the account of the caller with the profile from the token's claims, or returns the existing account.
     *
     * @throws dev.gatefold.kernel.Problem {@code forbidden} if the caller is not a reader
     */
    @Transactional
    public SignUpResult signUp(Caller caller, Optional<Visitor> visitor, boolean startTrial, Instant at) {
        return signUp(caller, new AccountPatch().withDefaultsFrom(caller), visitor, startTrial, at);
    }

    @Transactional
    SignUpResult signUp(
            Caller caller, AccountPatch profile, Optional<Visitor> visitor, boolean startTrial, Instant at) {
        Identity identity = caller.requireReader();
        boolean isNew = accounts.createIfAbsent(identity, at);
        Account account = accounts.findByIdentity(identity).orElseThrow();
        if (isNew) {
            profile.applyTo(account);
        }
        caller.verifiedEmail().ifPresent(email -> account.verifiedEmailHash = fingerprints.fingerprintOfEmail(email));
        signedUp.fire(new ReaderSignedUp(account, visitor, startTrial, at));
        // observers may have incremented the version by SQL
        accounts.flush();
        accounts.getEntityManager().refresh(account);
        return new SignUpResult(account, isNew);
    }
}
