package dev.gatefold.access.decide;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.SerializedString;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import java.io.IOException;
import java.time.Instant;

/**
 * Writes decisions as JSON, without members that are null. Jackson's own serializer takes half of the time that a batch of
 * fifty decisions costs; this one is about twice as fast.
 */
final class DecisionSerializer extends JsonSerializer<Decision> {
    private static final SerializableString GRANTED = new SerializedString("granted");
    private static final SerializableString REASON = new SerializedString("reason");
    private static final SerializableString SOURCE = new SerializedString("source");
    private static final SerializableString SLUG = new SerializedString("slug");
    private static final SerializableString NAME = new SerializedString("name");
    private static final SerializableString ARTICLE = new SerializedString("article");
    private static final SerializableString VALID_UNTIL = new SerializedString("validUntil");
    private static final SerializableString AS_OF = new SerializedString("asOf");
    private static final SerializableString STALE = new SerializedString("stale");
    private static final SerializableString VERSION = new SerializedString("version");
    private static final SerializableString ID = new SerializedString("id");
    private static final SerializableString OFFERS = new SerializedString("offers");

    private record FormattedInstant(Instant instant, String text) {
        private static final FormattedInstant NONE = new FormattedInstant(Instant.EPOCH, Instant.EPOCH.toString());

        /** Returns this text if it is the one of an instant: the decisions of a batch share their instants. */
        FormattedInstant of(Instant wanted) {
            return instant.equals(wanted) ? this : new FormattedInstant(wanted, wanted.toString());
        }
    }

    private volatile FormattedInstant asOf = FormattedInstant.NONE;

    private volatile FormattedInstant validUntil = FormattedInstant.NONE;

    @Override
    public void serialize(Decision decision, JsonGenerator json, SerializerProvider others) throws IOException {
        json.writeStartObject();
        json.writeFieldName(GRANTED);
        json.writeBoolean(decision.granted());
        json.writeFieldName(REASON);
        json.writeString(decision.reason().name());
        writeSource(decision.source(), json);
        json.writeFieldName(ARTICLE);
        json.writeString(decision.article());
        json.writeFieldName(VALID_UNTIL);
        FormattedInstant until = validUntil.of(decision.validUntil());
        validUntil = until;
        json.writeString(until.text);
        json.writeFieldName(AS_OF);
        FormattedInstant at = asOf.of(decision.asOf());
        asOf = at;
        json.writeString(at.text);
        json.writeFieldName(STALE);
        json.writeBoolean(decision.stale());
        json.writeFieldName(VERSION);
        json.writeNumber(decision.version());
        writeUnlessNull("meter", decision.meter(), json, others);
        writeOffers(decision, json, others);
        writeUnlessNull("billing", decision.billing(), json, others);
        writeUnlessNull("leadIn", decision.leadIn(), json, others);
        writeUnlessNull("considered", decision.considered(), json, others);
        writeUnlessNull("counted", decision.counted(), json, others);
        json.writeFieldName(ID);
        json.writeString(decision.id().toString());
        json.writeEndObject();
    }

    private static void writeSource(Decision.SourceName source, JsonGenerator json) throws IOException {
        if (source != null) {
            json.writeFieldName(SOURCE);
            json.writeStartObject();
            json.writeFieldName(SLUG);
            json.writeString(source.slug());
            json.writeFieldName(NAME);
            json.writeString(source.name());
            json.writeEndObject();
        }
    }

    private static void writeOffers(Decision decision, JsonGenerator json, SerializerProvider others)
            throws IOException {
        json.writeFieldName(OFFERS);
        json.writeStartArray();
        for (Offer offer : decision.offers()) {
            others.defaultSerializeValue(offer, json);
        }
        json.writeEndArray();
    }

    private static void writeUnlessNull(String name, Object value, JsonGenerator json, SerializerProvider others)
            throws IOException {
        if (value != null) {
            others.defaultSerializeField(name, value, json);
        }
    }
}
