package dev.gatefold.web.security;

import dev.gatefold.platform.startup.StartupCheck;
import dev.gatefold.platform.startup.StartupSettings;

/** Requires the OIDC issuer and the audience of access tokens, and rejects settings that turn verification off. */
public final class IssuerStartupCheck implements StartupCheck {
    private static final String OFF = "must not be false: tokens would not be verified";

    @Override
    public void check(StartupSettings settings) {
        settings.require(
                "quarkus.oidc.auth-server-url",
                "the OIDC issuer of readers' tokens, such as https://id.example.com/realms/readers",
                StartupSettings::isSafeUrl,
                "must be https: the keys that verify tokens are fetched from there");
        settings.require(
                "quarkus.oidc.token.audience",
                "the audience of readers' access tokens",
                audience -> !audience.strip().equals("any"),
                "must name an audience");
        settings.reject("quarkus.oidc.enabled", "false", OFF);
        settings.reject("quarkus.oidc.tenant-enabled", "false", OFF);
        settings.reject("quarkus.oidc.tls.verification", "none", "must not be none: the issuer would not be verified");
    }
}
