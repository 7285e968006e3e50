package dev.gatefold.billing.stripe;

import dev.gatefold.platform.secrets.SecretSettings;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.regex.Pattern;

/** What we prove ourselves to Stripe with, and it itself to us; changed while the service runs, so asked at each use. */
@Singleton
class StripeSecrets {
    private static final Pattern BETWEEN = Pattern.compile("[,\\s]+");

    private final SecretSettings secrets;

    StripeSecrets(SecretSettings secrets) {
        this.secrets = secrets;
    }

    /** The secret key of the account; restricted keys will do. */
    String apiKey() {
        return secrets.get(StripeSettingsCheck.API_KEY).orElse("none");
    }

    /** The signing secrets of the webhook endpoint; several while one is being rotated. */
    List<String> webhookSecrets() {
        return secrets.get(StripeSettingsCheck.WEBHOOK_SECRETS).stream()
                .flatMap(BETWEEN::splitAsStream)
                .toList();
    }
}
