package dev.gatefold.billing.stripe;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.Instant;
import java.time.format.DateTimeParseException;
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
        JsonNode data = event.path("data");
        JsonNode related = event.path("related_object");
        boolean thin = related.isObject() && !data.path("object").isObject();
        JsonNode object = thin ? thinObject(related) : data.path("object");
        String objectType = id(object.path("object"));
        String type = id(event.path("type"));
        if (!event.path("id").isTextual() || id(event.path("id")) == null || type == null) {
            throw new IllegalArgumentException("The body is not an event with an id and a type");
        }
        String customer = "customer".equals(objectType) ? id(object.path("id")) : id(StripeEventPersons.customer(data));
        return new StripeEventRef(
                id(event.path("id")),
                type,
                createdAt(event.path("created")),
                event.path("livemode").isBoolean() ? event.path("livemode").booleanValue() : null,
                id(event.path("account")),
                id(event.path("api_version")),
                objectType,
                id(object.path("id")),
                customer,
                subscriptionOf(objectType, object),
                thin && "charge".equals(objectType) ? id(object.path("id")) : chargeOf(objectType, type, object),
                thin,
                isNewPaymentMethod(type, data),
                namesAccount(type, data),
                !thin && customer == null && StripeEventPersons.mayContainPersonalData(data));
    }

    /** Returns the object of a notification, which names it by type and id only: {@code customer.subscription} and others. */
    private static JsonNode thinObject(JsonNode related) {
        String type = related.path("type").asText();
        return JsonNodeFactory.instance
                .objectNode()
                .put("object", type.substring(type.lastIndexOf('.') + 1))
                .put("id", related.path("id").asText());
    }

    private static boolean isNewPaymentMethod(String type, JsonNode data) {
        return switch (type) {
            case "payment_method.attached", "payment_method.automatically_updated" -> true;
            case "customer.updated" ->
                data.path("previous_attributes").path("invoice_settings").has("default_payment_method")
                        || data.path("previous_attributes").has("default_source");
            default -> false;
        };
    }

    private static boolean namesAccount(String type, JsonNode data) {
        return type.equals("customer.updated")
                && data.path("previous_attributes").has("metadata")
                && data.path("object").path("metadata").hasNonNull(CustomerAccounts.METADATA);
    }

    private static Instant createdAt(JsonNode created) {
        if (created.isTextual()) {
            return parsed(created.textValue());
        }
        if (!created.isIntegralNumber()) {
            return null;
        }
        long seconds = created.longValue();
        return seconds < 0 || seconds > LATEST_EPOCH_SECOND ? null : Instant.ofEpochSecond(seconds);
    }

    /** Notifications state the time as text, in contrast to snapshot events. */
    private static Instant parsed(String text) {
        try {
            Instant instant = Instant.parse(text);
            return instant.isBefore(Instant.EPOCH) || instant.getEpochSecond() > LATEST_EPOCH_SECOND ? null : instant;
        } catch (DateTimeParseException _) {
            return null;
        }
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
