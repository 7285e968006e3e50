package dev.gatefold.pages;

import dev.gatefold.catalog.Interval;
import dev.gatefold.kernel.Money;
import java.math.BigDecimal;
import java.text.NumberFormat;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.Currency;
import java.util.Locale;

/** Dates and money, as the reader writes them, in the reader's time zone. */
record Formats(Words words, Locale locale, ZoneId zone) {
    String date(Instant at) {
        return DateTimeFormatter.ofLocalizedDate(FormatStyle.LONG)
                .withLocale(locale)
                .withZone(zone)
                .format(at);
    }

    String money(Money money) {
        Currency currency = Currency.getInstance(money.currency().toUpperCase(Locale.ROOT));
        NumberFormat format = NumberFormat.getCurrencyInstance(locale);
        format.setCurrency(currency);
        format.setMinimumFractionDigits(currency.getDefaultFractionDigits());
        format.setMaximumFractionDigits(currency.getDefaultFractionDigits());
        return format.format(BigDecimal.valueOf(money.amount(), currency.getDefaultFractionDigits()));
    }

    String price(Money money, Interval interval) {
        return switch (interval) {
            case MONTH -> words.aMonth(money(money));
            case YEAR -> words.aYear(money(money));
        };
    }
}
