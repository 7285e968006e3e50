package dev.gatefold.access;

import dev.gatefold.accounts.Visitors;
import dev.gatefold.kernel.Identity;
import dev.gatefold.kernel.Problem;
import dev.gatefold.web.Caller;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Optional;

/** Finds out who asks: the caller, or the reader in whose name a service asks. */
@Singleton
final class Asking {
    /** A reader, as a service names one. */
    record Subject(String issuer, String subject) {
        private Identity identity() {
            try {
                return new Identity(issuer, subject);
            } catch (IllegalArgumentException e) {
                throw Problem.invalid("/subject", e.getMessage());
            }
        }
    }

    private final Visitors visitors;

    Asking(Visitors visitors) {
        this.visitors = visitors;
    }

    Reader reader(SecurityIdentity identity, Subject subject, String visitorToken, Instant at) {
        Caller caller = Caller.of(identity);
        if (subject != null && !caller.isService()) {
            throw Problem.forbidden("Only a service asks in the name of a reader");
        }
        Optional<Identity> reader = subject == null ? caller.reader() : Optional.of(subject.identity());
        // to somebody who is signed in, what a visitor's token was worth does not matter
        return new Reader(
                reader, reader.isPresent() ? visitors.known(visitorToken, at) : visitors.asking(visitorToken, at));
    }
}
