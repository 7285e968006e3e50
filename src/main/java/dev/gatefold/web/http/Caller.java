package dev.gatefold.web.http;

import dev.gatefold.kernel.Identity;
import dev.gatefold.kernel.Problem;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.Optional;
import org.eclipse.microprofile.jwt.JsonWebToken;

/**
 * The caller of a request, as identified by a verified bearer token.
 *
 * @param token claims of the token; empty for anonymous callers
 * @param isService whether the token has the role {@code service}
 */
public record Caller(Optional<JsonWebToken> token, boolean isService) {
    /** Role of back ends that request decisions on behalf of readers. */
    public static final String SERVICE = "service";

    /** Role of support staff: reads everything and grants entitlements. */
    public static final String SUPPORT = "support";

    /** Role of administrators: changes catalog and plans, and everything that {@link #SUPPORT} may do. */
    public static final String ADMIN = "admin";

    /** Returns the caller with an identity, which may be anonymous. */
    public static Caller of(SecurityIdentity identity) {
        return new Caller(
                Optional.of(identity.getPrincipal())
                        .filter(JsonWebToken.class::isInstance)
                        .map(JsonWebToken.class::cast),
                identity.hasRole(SERVICE));
    }

    /** Returns the identity of the calling reader; empty for visitors and services. */
    public Optional<Identity> reader() {
        return isService ? Optional.empty() : token.flatMap(Caller::identityOf);
    }

    /**
     * Returns the identity of the calling reader.
     *
     * @throws Problem 403 for visitors and services
     */
    public Identity requireReader() {
        return reader().orElseThrow(() ->
                Problem.forbidden("This operation requires the token of a reader; services have no account"));
    }

    /** Returns the identity in a token; empty if issuer or subject is missing or not valid. */
    public static Optional<Identity> identityOf(JsonWebToken token) {
        try {
            return Optional.of(new Identity(token.getIssuer(), token.getSubject()));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Returns a text claim of the token, such as {@code email}; empty if it is missing or not a text. */
    public Optional<String> claim(String name) {
        return token.map(it -> it.getClaim(name))
                .filter(String.class::isInstance)
                .map(String.class::cast);
    }

    /**
     * Returns true if the issuer has verified the e-mail address of the token. The claim is a boolean; some issuers send the
     * text {@code true} instead.
     */
    public boolean isEmailVerified() {
        return token.map(it -> it.getClaim("email_verified"))
                .filter(Caller::isTrue)
                .isPresent();
    }

    private static boolean isTrue(Object claim) {
        return switch (claim) {
            case Boolean value -> value;
            case JsonString text -> text.getString().equalsIgnoreCase("true");
            case JsonValue value -> value.equals(JsonValue.TRUE);
            default -> claim.toString().equalsIgnoreCase("true");
        };
    }
}
