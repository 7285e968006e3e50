package dev.gatefold.telemetry;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.ReadWriteSpan;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.semconv.ClientAttributes;
import io.opentelemetry.semconv.NetworkAttributes;
import io.opentelemetry.semconv.UrlAttributes;
import io.opentelemetry.semconv.UserAgentAttributes;
import jakarta.inject.Singleton;
import java.util.List;

/**
 * Takes out of a span, as soon as it begins, who asked and for what: addresses of articles, codes of sign-ins and of
 * shared links, browsers, and where they are. What is left is which route answered what, and how long it took.
 */
@Singleton
final class Discretion implements SpanProcessor {
    private static final String WITHHELD = "withheld";

    private static final List<AttributeKey<String>> NOBODYS_BUSINESS = List.of(
            UrlAttributes.URL_PATH,
            UrlAttributes.URL_QUERY,
            UrlAttributes.URL_FULL,
            ClientAttributes.CLIENT_ADDRESS,
            NetworkAttributes.NETWORK_PEER_ADDRESS,
            UserAgentAttributes.USER_AGENT_ORIGINAL);

    @Override
    public void onStart(Context parent, ReadWriteSpan span) {
        for (AttributeKey<String> key : NOBODYS_BUSINESS) {
            if (span.getAttribute(key) != null) {
                span.setAttribute(key, WITHHELD);
            }
        }
    }

    @Override
    public boolean isStartRequired() {
        return true;
    }

    @Override
    public void onEnd(ReadableSpan span) {
        // it may go as it is
    }

    @Override
    public boolean isEndRequired() {
        return false;
    }
}
