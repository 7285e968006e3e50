package dev.gatefold.web.http;

import dev.gatefold.kernel.Identity;
import dev.gatefold.kernel.Problem;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.json.JsonValue;
import java.util.Optional;
import org.eclipse.microprofile.jwt.JsonWebToken;

/** Who sent this request, as far as a verified token says. */
public record Caller(Optional<JsonWebToken> token, boolean isService) {
    /** A back end that asks for its readers. */
    public static final String SERVICE = "service";

    /** The support desk: reads and grants. */
    public static final String SUPPORT = "support";

    /** Changes the catalogue and the plans, and all that support may. */
    public static final String ADMIN = "admin";

    public static Caller of(SecurityIdentity identity) {
        return new Caller(
                Optional.of(identity.getPrincipal())
                        .filter(JsonWebToken.class::isInstance)
                        .map(JsonWebToken.class::cast),
                identity.hasRole(SERVICE));
    }

    /** The reader who calls; empty for a visitor, and for a service, which is nobody's reader. */
    public Optional<Identity> reader() {
        return isService ? Optional.empty() : token.flatMap(Caller::identityOf);
    }

    /** The reader who calls, where an endpoint is for readers only. */
    public Identity requireReader() {
        return reader().orElseThrow(() -> Problem.forbidden("This is for a reader; a service has no account"));
    }

    /** Whom a token names; empty where it names nobody who could be. */
    public static Optional<Identity> identityOf(JsonWebToken token) {
        try {
            return Optional.of(new Identity(token.getIssuer(), token.getSubject()));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** What the issuer says of the reader, such as {@code email}; empty where it says nothing. */
    public Optional<String> claim(String name) {
        return token.map(it -> it.getClaim(name))
                .filter(String.class::isInstance)
                .map(String.class::cast);
    }

    /** The reader's e-mail address, where the issuer says that it has verified it. */
    public Optional<String> verifiedEmail() {
        boolean verified = token.map(it -> it.getClaim("email_verified"))
                .filter(it -> it.equals(true) || it.equals(JsonValue.TRUE))
                .isPresent();
        return claim("email").filter(email -> verified && !email.isBlank());
    }
}
