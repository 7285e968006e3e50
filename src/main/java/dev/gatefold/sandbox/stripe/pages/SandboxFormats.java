package dev.gatefold.sandbox.stripe.pages;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatefold.sandbox.stripe.billing.SandboxCurrencies;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Formats amounts and times for the pages, in English and UTC. */
final class SandboxFormats {
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("d MMMM uuuu", Locale.ENGLISH).withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter MINUTE =
            DateTimeFormatter.ofPattern("d MMM uuuu HH:mm:ss", Locale.ENGLISH).withZone(ZoneOffset.UTC);

    private SandboxFormats() {}

    static String money(long amount, String currency) {
        return money(BigDecimal.valueOf(amount), currency);
    }

    private static String money(BigDecimal amount, String currency) {
        String figure =
                amount.movePointLeft(SandboxCurrencies.decimals(currency)).toPlainString();
        return currency.equals("usd") ? "$" + figure : figure + " " + currency.toUpperCase(Locale.ROOT);
    }

    /** Returns the price with its interval, such as {@code $9.99 per month}. */
    static String price(JsonNode price) {
        String currency = price.path("currency").asText();
        String money = price.hasNonNull("unit_amount_decimal")
                ? money(new BigDecimal(price.path("unit_amount_decimal").asText()), currency)
                : "Tiered price in " + currency.toUpperCase(Locale.ROOT);
        JsonNode recurring = price.path("recurring");
        int count = recurring.path("interval_count").asInt(1);
        String interval = recurring.path("interval").asText();
        if (interval.isEmpty()) {
            return money;
        }
        return money + (count == 1 ? " per " + interval : " every " + count + " " + interval + "s");
    }

    static String day(long seconds) {
        return DAY.format(Instant.ofEpochSecond(seconds));
    }

    static String timestamp(long seconds) {
        return MINUTE.format(Instant.ofEpochSecond(seconds));
    }
}
