package dev.gatefold.billing.stripe;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;

/** Finds the customer of an event, and whether an event that names none may contain personal data. */
final class StripeEventPersons {
    /** Objects that belong to a payer but need not name the customer. */
    private static final Set<String> OF_PAYER = Set.of(
            "dispute",
            "refund",
            "review",
            "radar.early_fraud_warning",
            "mandate",
            "payment_method",
            "setup_intent",
            "setup_attempt",
            "checkout.session");

    /** Members of Stripe's objects that contain names, addresses or payment details. */
    private static final Set<String> PERSONAL_MEMBERS = Set.of(
            "billing_details",
            "customer_details",
            "customer_email",
            "email",
            "evidence",
            "payment_method_details",
            "receipt_email",
            "shipping");

    private StripeEventPersons() {}

    /**
     * Returns the value that names the customer: a text, an object, or a missing node.
     *
     * @param data the member {@code data} of the event
     */
    static JsonNode customer(JsonNode data) {
        JsonNode object = data.path("object");
        if (object.hasNonNull("customer")) {
            return object.path("customer");
        }
        // a detached payment method names the customer in its previous attributes, a dispute in an expanded charge
        return data.findValues("customer").stream()
                .filter(value -> !value.isNull())
                .findFirst()
                .orElse(data.path("none"));
    }

    /** Returns true if data without a customer may contain personal data. */
    static boolean mayContainPersonalData(JsonNode data) {
        return OF_PAYER.contains(data.path("object").path("object").asText())
                || PERSONAL_MEMBERS.stream().anyMatch(member -> data.findValue(member) != null);
    }
}
