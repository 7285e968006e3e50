package dev.gatefold.sandbox.issuer;

import com.sun.net.httpserver.HttpHandler;
import dev.gatefold.sandbox.http.LoopbackServer;
import dev.gatefold.sandbox.http.SandboxHttp;
import java.io.Closeable;
import java.util.Map;

/**
 * The development OpenID provider. Its access tokens have the audience of the service, its ID tokens that of the client.
 * It signs in any user without a password, so it listens on the loopback interface only.
 */
public final class SandboxIssuer implements Closeable {
    /** The audience of access tokens for the service. */
    public static final String AUDIENCE = "gatefold";

    /** The setting with the URL of this issuer. It is unset where the service uses another issuer. */
    public static final String URL_PROPERTY = "sandbox.issuer.url";

    private static final int PREFERRED_PORT = 8180;

    private final LoopbackServer server;
    private final SandboxTokens tokens;

    private SandboxIssuer(int preferredPort, SandboxTokenSigner signer) {
        server = LoopbackServer.bind(preferredPort);
        tokens = new SandboxTokens(server.url(), signer);
        AuthorizationCodes codes = new AuthorizationCodes();
        IssuerSessions sessions = new IssuerSessions();
        AuthorizationEndpoint authorization = new AuthorizationEndpoint(codes, sessions);
        LogoutEndpoint logout = new LogoutEndpoint(sessions);
        TokenEndpoint token = new TokenEndpoint(codes, tokens);
        ProviderMetadata metadata = new ProviderMetadata(server.url());
        handle("/.well-known/openid-configuration", CrossOriginHandler.of(metadata::show));
        handle("/jwks", CrossOriginHandler.of(exchange -> SandboxHttp.json(exchange, 200, signer.publicKeys())));
        handle("/authorize", authorization::authorize);
        handle("/choose", authorization::choose);
        handle("/logout", logout::logOut);
        handle("/token", CrossOriginHandler.of(token::exchangeCode));
        handle("/mint", token::mint);
        server.start();
    }

    /** Starts an issuer on port 8180, or on a free port if that one is in use. */
    public static SandboxIssuer start(SandboxTokenSigner signer) {
        return new SandboxIssuer(PREFERRED_PORT, signer);
    }

    /** Starts an issuer on a free port, for tests. */
    public static SandboxIssuer startOnFreePort(SandboxTokenSigner signer) {
        return new SandboxIssuer(0, signer);
    }

    private void handle(String path, HttpHandler handler) {
        server.handle(path, exchange -> {
            try {
                handler.handle(exchange);
            } catch (InvalidAuthorizationRequest e) {
                SandboxHttp.respond(exchange, 400, "text/plain; charset=utf-8", e.getMessage());
            }
        });
    }

    /** Returns the issuer URL, which is also the claim {@code iss}. */
    public String url() {
        return server.url();
    }

    /** Returns the settings that make the service accept tokens of this issuer. */
    public Map<String, String> settings() {
        return Map.of("quarkus.oidc.auth-server-url", url(), URL_PROPERTY, url());
    }

    /** Returns an access token for the service, valid for 24 hours. */
    public String accessToken(SandboxUser user) {
        return tokens.accessToken(user);
    }

    @Override
    public void close() {
        server.close();
    }
}
