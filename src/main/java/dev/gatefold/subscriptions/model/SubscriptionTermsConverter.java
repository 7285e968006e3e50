package dev.gatefold.subscriptions.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import jakarta.persistence.AttributeConverter;

/** Stores {@link SubscriptionTerms} as JSON, with instants in RFC 3339. Members that a later version added are ignored. */
public final class SubscriptionTermsConverter implements AttributeConverter<SubscriptionTerms, String> {
    private static final JsonMapper JSON = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    @Override
    public String convertToDatabaseColumn(SubscriptionTerms terms) {
        try {
            return terms == null ? null : JSON.writeValueAsString(terms);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("The terms cannot be written as JSON", e);
        }
    }

    @Override
    public SubscriptionTerms convertToEntityAttribute(String json) {
        try {
            return json == null ? null : JSON.readValue(json, SubscriptionTerms.class);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("The stored terms are not valid JSON", e);
        }
    }
}
