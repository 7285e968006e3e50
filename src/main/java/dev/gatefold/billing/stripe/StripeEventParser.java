package dev.gatefold.billing.stripe;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.regex.Pattern;

/** Reads the ids that an event contains. Works for events of every API version. */
final class StripeEventParser {
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_.:-]{1,255}");

    /** In the year 5138. PostgreSQL and JSON clients cannot represent all later times. */
    private static final long LATEST_EPOCH_SECOND = 100_000_000_000L;

    private StripeEventParser() {}

    /**
     * Parses an event.
     *
     * @throws IllegalArgumentException if the JSON has no id or no type
     */
    static StripeEventRef parse(JsonNode event) {
        JsonNode object = event.path("data").path("object");
        String objectType = id(object.path("object"));
        String type = id(event.path("type"));
        if (!event.path("id").isTextual() || id(event.path("id")) == null || type == null) {
            throw new IllegalArgumentException("The body is not an event with an id and a type");
        }
        return new StripeEventRef(
                id(event.path("id")),
                type,
                createdAt(event.path("created")),
                event.path("livemode").isBoolean() ? event.path("livemode").booleanValue() : null,
                id(event.path("account")),
                id(event.path("api_version")),
                objectType,
                id(object.path("id")),
                "customer".equals(objectType) ? id(object.path("id")) : id(object.path("customer")),
                subscriptionOf(objectType, object),
                chargeOf(objectType, type, object));
    }

    private static Instant createdAt(JsonNode created) {
        if (!created.isIntegralNumber()) {
            return null;
        }
        long seconds = created.longValue();
        return seconds < 0 || seconds > LATEST_EPOCH_SECOND ? null : Instant.ofEpochSecond(seconds);
    }

    private static String subscriptionOf(String objectType, JsonNode object) {
        if ("subscription".equals(objectType)) {
            return id(object.path("id"));
        }
        // since API version 2025-03-31 an invoice names its subscription in its parent
        String inParent = id(object.path("parent").path("subscription_details").path("subscription"));
        return inParent == null ? id(object.path("subscription")) : inParent;
    }

    private static String chargeOf(String objectType, String type, JsonNode object) {
        if ("charge".equals(objectType)) {
            return type.startsWith("charge.refund") ? id(object.path("id")) : null;
        }
        return "dispute".equals(objectType) || "refund".equals(objectType) ? id(object.path("charge")) : null;
    }

    /** Returns a text or the id of an expanded object; null if there is none or if it is not a valid id of Stripe. */
    private static String id(JsonNode node) {
        String id = node.isObject() ? node.path("id").asText() : node.isTextual() ? node.asText() : "";
        return ID.matcher(id).matches() ? id : null;
    }
}
