package dev.gatefold.accounts.account;

import dev.gatefold.accounts.visitors.Visitor;
import dev.gatefold.kernel.Identity;
import dev.gatefold.web.http.Caller;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
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
    private final AccountEmails emails;
    private final PersonFingerprints fingerprints;
    private final Event<ReaderSignedUp> signedUp;

    SignUpService(
            Accounts accounts, AccountEmails emails, PersonFingerprints fingerprints, Event<ReaderSignedUp> signedUp) {
        this.accounts = accounts;
        this.emails = emails;
        this.fingerprints = fingerprints;
        this.signedUp = signedUp;
    }

    /**
     * Creates the account of the caller with the profile from the token's claims, or returns the existing account with the
     * e-mail address of the token.
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
        Optional<ClaimedEmail> email = ClaimedEmail.of(caller);
        List<byte[]> known = new ArrayList<>(fingerprints.fingerprintsOf(account));
        if (isNew) {
            profile.applyTo(account);
            email.ifPresent(it -> emails.recordFirst(account, it, at));
            accounts.flush();
        } else {
            email.ifPresent(it -> emails.record(account, it, at));
        }
        known.addAll(fingerprints.fingerprintsOf(account));
        email.filter(ClaimedEmail::isVerified)
                .map(it -> fingerprints.unfoldedFingerprintOfEmail(it.address()))
                .ifPresent(known::add);
        signedUp.fire(new ReaderSignedUp(account, known, visitor, startTrial, at));
        // observers may have incremented the version by SQL
        accounts.flush();
        accounts.getEntityManager().refresh(account);
        return new SignUpResult(account, isNew);
    }
}
