package dev.gatefold.access;

import dev.gatefold.accounts.Visitors;
import dev.gatefold.catalog.Country;
import dev.gatefold.catalog.Whereabouts;
import dev.gatefold.kernel.Identity;
import dev.gatefold.kernel.Problem;
import dev.gatefold.web.Caller;
import io.quarkus.security.identity.SecurityIdentity;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.Context;
import java.time.Instant;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jboss.resteasy.reactive.RestHeader;
import org.jboss.resteasy.reactive.RestQuery;

/** Finds out who asks: the caller, or the reader in whose name a service asks. */
@Singleton
final class Asking {
    private static final String USER_AGENT = "User-Agent";

    /** A reader, as a service names one. */
    @Schema(name = "ReaderSubject")
    record Subject(String issuer, String subject) {
        private Identity identity() {
            return Asking.identity(issuer, subject);
        }
    }

    /** What every question may come with: parameters and headers. */
    static final class Manner {
        @RestQuery
        @Parameter(description = "Where the answer will be shown: web, ios or android")
        String surface;

        @RestQuery
        @Parameter(description = "Tell what was considered, what decided first")
        boolean explain;

        @RestHeader("X-Visitor")
        @Parameter(description = "From POST /v1/visitors")
        String visitor;

        @RestHeader("X-Share")
        @Parameter(description = "The code of an article that was given away")
        String share;

        @Context
        HttpServerRequest request;
    }

    private final Visitors visitors;
    private final Whereabouts whereabouts;

    Asking(Visitors visitors, Whereabouts whereabouts) {
        this.visitors = visitors;
        this.whereabouts = whereabouts;
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

    static Identity identity(String issuer, String subject) {
        try {
            return new Identity(issuer, subject);
        } catch (IllegalArgumentException e) {
            throw Problem.invalid("/subject", e.getMessage());
        }
    }

    /** Somebody of whom nothing is known but, perhaps, a visitor's token. */
    Reader visitor(Optional<String> token, Instant at) {
        return new Reader(Optional.empty(), visitors.asking(token.orElse(null), at));
    }

    /**
     * A service stands between us and whoever reads: its own address and country say nothing.
     *
     * @param country where a service says that its reader is, or null
     */
    Circumstances circumstances(SecurityIdentity identity, Manner manner, String country) {
        if (Caller.of(identity).isService()) {
            return new Circumstances(
                    Surface.of(manner.surface),
                    Optional.ofNullable(country).map(Asking::country),
                    Optional.ofNullable(manner.share),
                    Optional.empty(),
                    manner.explain);
        }
        if (country != null) {
            throw Problem.forbidden("Only a service says where its reader is");
        }
        HttpServerRequest request = manner.request;
        return new Circumstances(
                Surface.of(manner.surface),
                whereabouts.country(request::getHeader),
                Optional.ofNullable(manner.share),
                Optional.of(
                        new Circumstances.Sender(request.remoteAddress().hostAddress(), request.getHeader(USER_AGENT))),
                manner.explain);
    }

    private static String country(String written) {
        return Country.find(written)
                .orElseThrow(() -> Problem.invalid("/country", "is not a country's code (ISO 3166-1)"));
    }
}
