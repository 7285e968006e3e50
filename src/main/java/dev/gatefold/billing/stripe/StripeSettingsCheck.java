package dev.gatefold.billing.stripe;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.regex.Pattern;

/** What an operator must have set about billing before the service starts. */
public final class StripeSettingsCheck {
    private static final String PREFIX = "gatefold.stripe.";
    static final String API_KEY = PREFIX + "api-key";
    static final String WEBHOOK_SECRETS = PREFIX + "webhook-secrets";
    private static final String BASE = PREFIX + "api-base";
    private static final String LIVE = PREFIX + "livemode";
    /** What is read as true where a setting is one of two; all else is false. */
    private static final Set<String> TRUE = Set.of("true", "1", "yes", "y", "on");

    private static final Pattern LIVE_KEY = Pattern.compile("(?:sk|rk)_live_\\w+");

    private StripeSettingsCheck() {}

    /**
     * Tells what is missing or unsafe.
     *
     * @param value of a property, where it is set
     * @param isSafe whether an address may be trusted with a secret
     * @param fault takes a property and what is wrong with it; never its value, which may be a secret
     */
    public static void check(
            Function<String, Optional<String>> value,
            Function<String, Boolean> isSafe,
            BiConsumer<String, String> fault) {
        boolean live = value.apply(LIVE)
                .map(it -> TRUE.contains(it.strip().toLowerCase(Locale.ROOT)))
                .orElse(true);
        Optional<String> key = value.apply(API_KEY);
        if (key.isEmpty()) {
            fault.accept(API_KEY, "is missing: the secret key of the Stripe account");
        } else if (live && !LIVE_KEY.matcher(key.get()).matches()) {
            fault.accept(
                    API_KEY, "is not a live key; for a trial run without money, set GATEFOLD_STRIPE_LIVEMODE to false");
        } else if (!live && LIVE_KEY.matcher(key.get()).matches()) {
            fault.accept(API_KEY, "is a live key, while GATEFOLD_STRIPE_LIVEMODE is false");
        }
        if (value.apply(WEBHOOK_SECRETS).isEmpty()) {
            fault.accept(
                    WEBHOOK_SECRETS, "is missing: the signing secrets of the webhook endpoint, commas between them");
        }
        value.apply(BASE)
                .filter(it -> !isSafe.apply(it))
                .ifPresent(_ -> fault.accept(BASE, "must be https: the key is sent there"));
    }
}
