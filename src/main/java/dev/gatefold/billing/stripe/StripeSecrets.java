package dev.gatefold.billing.stripe;

import dev.gatefold.platform.secrets.SecretSettings;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.regex.Pattern;

/** The API key and webhook secrets of Stripe. They can change while the service runs, so read them at each use. */
@Singleton
class StripeSecrets {
    private static final Pattern SEPARATOR = Pattern.compile("[,\\s]+");

    private final SecretSettings secrets;

    StripeSecrets(SecretSettings secrets) {
        this.secrets = secrets;
    }

    /** Returns the secret or restricted API key. */
    String apiKey() {
        return secrets.get(StripeSettingsCheck.API_KEY).orElse("none");
    }

    /** Returns the signing secrets of the webhook endpoint; more than one during a rotation. */
    List<String> webhookSecrets() {
        return secrets.get(StripeSettingsCheck.WEBHOOK_SECRETS).stream()
                .flatMap(SEPARATOR::splitAsStream)
                .toList();
    }
}
