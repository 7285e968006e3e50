package dev.gatefold.billing.stripe;

import dev.gatefold.platform.startup.StartupCheck;
import dev.gatefold.platform.startup.StartupSettings;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Requires the API key and the webhook secrets of a Stripe account, and a key of the configured mode. */
public final class StripeSettingsCheck implements StartupCheck {
    private static final String PREFIX = "gatefold.stripe.";
    static final String API_KEY = PREFIX + "api-key";
    static final String WEBHOOK_SECRETS = PREFIX + "webhook-secrets";
    private static final String API_BASE = PREFIX + "api-base";
    private static final String LIVE_MODE = PREFIX + "livemode";

    /** Values that MicroProfile Config converts to true. */
    private static final Set<String> TRUE = Set.of("true", "1", "yes", "y", "on");

    private static final Pattern LIVE_KEY = Pattern.compile("(?:sk|rk)_live_\\w+");

    @Override
    public void check(StartupSettings settings) {
        checkApiKey(settings);
        settings.require(WEBHOOK_SECRETS, "the signing secrets of the webhook endpoint, separated by commas");
        settings.value(API_BASE)
                .filter(url -> !StartupSettings.isSafeUrl(url))
                .ifPresent(_ -> settings.error(API_BASE, "must be https: the API key is sent there"));
    }

    private static void checkApiKey(StartupSettings settings) {
        boolean isLive = settings.value(LIVE_MODE)
                .map(it -> TRUE.contains(it.strip().toLowerCase(Locale.ROOT)))
                .orElse(true);
        Optional<String> key = settings.value(API_KEY);
        if (key.isEmpty()) {
            settings.error(API_KEY, "is missing: the secret key of the Stripe account");
        } else if (isLive && !LIVE_KEY.matcher(key.get()).matches()) {
            settings.error(
                    API_KEY, "is not a live key; to run without real payments, set GATEFOLD_STRIPE_LIVEMODE to false");
        } else if (!isLive && LIVE_KEY.matcher(key.get()).matches()) {
            settings.error(API_KEY, "is a live key, but GATEFOLD_STRIPE_LIVEMODE is false");
        }
    }
}
