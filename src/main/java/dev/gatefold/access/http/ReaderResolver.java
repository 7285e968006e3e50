package dev.gatefold.access.http;

import dev.gatefold.access.bypass.ClientConnection;
import dev.gatefold.access.decide.AccessQuery;
import dev.gatefold.access.decide.Platform;
import dev.gatefold.access.decide.Reader;
import dev.gatefold.access.decide.RequestContext;
import dev.gatefold.accounts.visitors.VisitorTokens;
import dev.gatefold.catalog.model.Article;
import dev.gatefold.kernel.CountryCodes;
import dev.gatefold.kernel.Identity;
import dev.gatefold.kernel.Problem;
import dev.gatefold.web.http.Caller;
import dev.gatefold.web.http.ClientCountry;
import io.quarkus.security.identity.SecurityIdentity;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Determines the reader of an access request: the caller, or the reader that a service names. */
@Singleton
public final class ReaderResolver {
    private static final String USER_AGENT = "User-Agent";

    private final VisitorTokens visitors;
    private final ClientCountry clientCountry;

    ReaderResolver(VisitorTokens visitors, ClientCountry clientCountry) {
        this.visitors = visitors;
        this.clientCountry = clientCountry;
    }

    /**
     * Returns the access query of a request. Throws the problems of {@link #resolveReader} and {@link #requestContext}.
     *
     * @param subject the reader that a service names, or null
     * @param country country of the reader, as sent by a service; null if not sent
     */
    AccessQuery resolveQuery(
            SecurityIdentity identity,
            AccessParams params,
            ReaderSubject subject,
            String country,
            List<Article> articles,
            Instant at) {
        Reader reader = resolveReader(identity, subject, params.visitor, at);
        return new AccessQuery(reader, articles, requestContext(identity, params, country), at);
    }

    /**
     * Returns the reader of a request. Throws a 403 problem if the caller is no service but names a reader, and a 400
     * problem if the visitor token is invalid and the reader is not signed in.
     *
     * @param subject the reader that a service names, or null
     * @param visitorToken value of {@code X-Visitor}, or null
     */
    Reader resolveReader(SecurityIdentity identity, ReaderSubject subject, String visitorToken, Instant at) {
        Caller caller = Caller.of(identity);
        if (subject != null && !caller.isService()) {
            throw Problem.forbidden("Only callers with role service may set subject");
        }
        Optional<Identity> reader = subject == null ? caller.reader() : Optional.of(subject.identity());
        // a signed-in reader needs no visitor token, so an expired one is ignored
        return new Reader(
                reader, reader.isPresent() ? visitors.find(visitorToken, at) : visitors.require(visitorToken, at));
    }

    /** Returns the identity of a reader. Throws a 400 problem if issuer or subject is missing or too long. */
    public static Identity parseIdentity(String issuer, String subject) {
        try {
            return new Identity(issuer, subject);
        } catch (IllegalArgumentException e) {
            throw Problem.invalid("/subject", e.getMessage());
        }
    }

    /** Returns a reader who is not signed in. Throws a 400 problem if the visitor token is invalid. */
    public Reader resolveVisitor(Optional<String> token, Instant at) {
        return new Reader(Optional.empty(), visitors.require(token.orElse(null), at));
    }

    /**
     * Returns the context of a request. The address and the country of a service are not those of its reader, so they are
     * not used. Throws a 403 problem if the caller is no service but sends a country.
     *
     * @param country country of the reader, as sent by a service; null if not sent
     */
    public RequestContext requestContext(SecurityIdentity identity, AccessParams params, String country) {
        if (Caller.of(identity).isService()) {
            return new RequestContext(
                    Platform.parse(params.surface),
                    Optional.ofNullable(country).map(ReaderResolver::parseCountry),
                    Optional.ofNullable(params.share),
                    Optional.empty(),
                    params.explain);
        }
        if (country != null) {
            throw Problem.forbidden("Only callers with role service may set country");
        }
        HttpServerRequest request = params.request;
        return new RequestContext(
                Platform.parse(params.surface),
                clientCountry.country(request::getHeader),
                Optional.ofNullable(params.share),
                Optional.of(new ClientConnection(request.remoteAddress().hostAddress(), request.getHeader(USER_AGENT))),
                params.explain);
    }

    private static String parseCountry(String code) {
        return CountryCodes.find(code)
                .orElseThrow(() -> Problem.invalid("/country", "is not an ISO 3166-1 alpha-2 country code"));
    }
}
