package dev.gatefold.pages.signin;

import java.util.Set;
import java.util.TreeSet;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.jose4j.jwt.JwtClaims;

/**
 * The claims of an access token, with profile claims of the ID token where the access token has none. Many issuers put the
 * e-mail address and the name only into ID tokens.
 */
final class ProfileClaims implements JsonWebToken {
    private static final String EMAIL = "email";
    private static final String EMAIL_VERIFIED = "email_verified";
    private static final Set<String> PROFILE = Set.of("name", "locale", "zoneinfo");

    private final JsonWebToken accessToken;
    private final JwtClaims idToken;

    ProfileClaims(JsonWebToken accessToken, JwtClaims idToken) {
        this.accessToken = accessToken;
        this.idToken = idToken;
    }

    @Override
    public String getName() {
        return accessToken.getName();
    }

    @Override
    public Set<String> getClaimNames() {
        Set<String> names = new TreeSet<>(accessToken.getClaimNames());
        idToken.getClaimNames().stream().filter(this::isFromIdToken).forEach(names::add);
        return names;
    }

    @Override
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    public <T> T getClaim(String name) {
        return isFromIdToken(name) ? (T) idToken.getClaimValue(name) : accessToken.getClaim(name);
    }

    // An address and whether it is verified must come from the same token
    private boolean isFromIdToken(String name) {
        if (name.equals(EMAIL) || name.equals(EMAIL_VERIFIED)) {
            return !accessToken.containsClaim(EMAIL) && idToken.hasClaim(EMAIL);
        }
        return PROFILE.contains(name) && !accessToken.containsClaim(name);
    }
}
