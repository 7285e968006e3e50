package dev.gatefold.web;

import dev.gatefold.platform.startup.StartupCheck;
import dev.gatefold.platform.startup.StartupSettings;
import java.util.Arrays;
import java.util.regex.Pattern;

/** Requires the public URL of the service, and rejects invalid origins. */
public final class SiteStartupCheck implements StartupCheck {
    private static final String URL = "gatefold.site.url";
    private static final String ORIGINS = "gatefold.site.origins";
    private static final Pattern ORIGIN = Pattern.compile("https?://(?:[a-z0-9.-]+|\\[[0-9a-f:]+])(?::[0-9]+)?");

    @Override
    public void check(StartupSettings settings) {
        settings.require(
                URL,
                "the URL of this service in readers' browsers, such as https://gate.example.com",
                StartupSettings::isSafeUrl,
                "must be https: readers are redirected there with paid access");
        settings.value(ORIGINS)
                .filter(origins -> !Arrays.stream(origins.split(",")).allMatch(SiteStartupCheck::isOrigin))
                .ifPresent(_ -> settings.error(
                        ORIGINS, "must be exact https origins, such as https://app.example.com, separated by commas"));
    }

    /** Accepts what a browser sends in the Origin header: lower case, without a path or a wildcard. */
    private static boolean isOrigin(String setting) {
        String origin = setting.strip();
        return StartupSettings.isSafeUrl(origin) && ORIGIN.matcher(origin).matches();
    }
}
