package dev.gatefold.billing.stripe;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The document for operators names every type of event that has an effect. */
class StripeDocumentTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "customer.subscription.*",
                "checkout.session.*",
                "invoice.*",
                "customer.deleted",
                "customer.updated",
                "payment_method.attached",
                "payment_method.automatically_updated",
                "charge.refunded",
                "charge.dispute.*",
                "price.*"
            })
    void documentNamesTheEventsOfTheWebhookEndpoint(String type) throws IOException {
        String document = Files.readString(Path.of("docs/stripe.md"));

        String endpoint = document.substring(document.indexOf("**Webhook endpoint.**"), document.indexOf("**Key.**"));
        assertThat(endpoint).contains("`" + type + "`");
    }

    @ParameterizedTest
    @ValueSource(strings = {"docs/keycloak.md", "docs/publishers-pages.md", "src/main/keycloak/gatefold-realm.json"})
    void returnAddressAfterSignOutIsDocumented(String document) throws IOException {
        assertThat(Path.of(document)).content().contains("/signed-out");
    }
}
