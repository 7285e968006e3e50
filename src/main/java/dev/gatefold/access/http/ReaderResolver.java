package dev.gatefold.access.http;

import dev.gatefold.access.decide.Platform;
import dev.gatefold.access.decide.Reader;
import dev.gatefold.access.decide.RequestContext;
import dev.gatefold.accounts.visitors.VisitorTokens;
import dev.gatefold.kernel.CountryCodes;
import dev.gatefold.kernel.Identity;
import dev.gatefold.kernel.Problem;
import dev.gatefold.web.http.Caller;
import dev.gatefold.web.http.ClientCountry;
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
public final class ReaderResolver {
    private static final String USER_AGENT = "User-Agent";

    /** A reader, as a service names one. */
    @Schema(name = "ReaderSubject")
    record ReaderSubject(String issuer, String subject) {
        private Identity identity() {
            return ReaderResolver.parseIdentity(issuer, subject);
        }
    }

    /** What every question may come with: parameters and headers. */
    public static final class AccessParams {
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

    private final VisitorTokens visitors;
    private final ClientCountry whereabouts;

    ReaderResolver(VisitorTokens visitors, ClientCountry whereabouts) {
        this.visitors = visitors;
        this.whereabouts = whereabouts;
    }

    Reader resolveReader(SecurityIdentity identity, ReaderSubject subject, String visitorToken, Instant at) {
        Caller caller = Caller.of(identity);
        if (subject != null && !caller.isService()) {
            throw Problem.forbidden("Only a service asks in the name of a reader");
        }
        Optional<Identity> reader = subject == null ? caller.reader() : Optional.of(subject.identity());
        // to somebody who is signed in, what a visitor's token was worth does not matter
        return new Reader(
                reader, reader.isPresent() ? visitors.find(visitorToken, at) : visitors.require(visitorToken, at));
    }

    public static Identity parseIdentity(String issuer, String subject) {
        try {
            return new Identity(issuer, subject);
        } catch (IllegalArgumentException e) {
            throw Problem.invalid("/subject", e.getMessage());
        }
    }

    /** Somebody of whom nothing is known but, perhaps, a visitor's token. */
    public Reader resolveVisitor(Optional<String> token, Instant at) {
        return new Reader(Optional.empty(), visitors.require(token.orElse(null), at));
    }

    /**
     * A service stands between us and whoever reads: its own address and country say nothing.
     *
     * @param country where a service says that its reader is, or null
     */
    public RequestContext requestContext(SecurityIdentity identity, AccessParams manner, String country) {
        if (Caller.of(identity).isService()) {
            return new RequestContext(
                    Platform.parse(manner.surface),
                    Optional.ofNullable(country).map(ReaderResolver::country),
                    Optional.ofNullable(manner.share),
                    Optional.empty(),
                    manner.explain);
        }
        if (country != null) {
            throw Problem.forbidden("Only a service says where its reader is");
        }
        HttpServerRequest request = manner.request;
        return new RequestContext(
                Platform.parse(manner.surface),
                whereabouts.country(request::getHeader),
                Optional.ofNullable(manner.share),
                Optional.of(new RequestContext.ClientConnection(
                        request.remoteAddress().hostAddress(), request.getHeader(USER_AGENT))),
                manner.explain);
    }

    private static String country(String written) {
        return CountryCodes.find(written)
                .orElseThrow(() -> Problem.invalid("/country", "is not a country's code (ISO 3166-1)"));
    }
}
