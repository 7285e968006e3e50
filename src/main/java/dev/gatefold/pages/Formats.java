package dev.gatefold.pages;

import dev.gatefold.access.Meter;
import dev.gatefold.catalog.Interval;
import dev.gatefold.catalog.Window;
import dev.gatefold.kernel.Money;
import io.quarkus.qute.i18n.Localized;
import io.quarkus.qute.i18n.MessageBundles;
import java.math.BigDecimal;
import java.text.NumberFormat;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.Currency;
import java.util.Locale;

/** Dates and money, as the reader writes them, in the reader's time zone. */
record Formats(Words words, Locale locale, ZoneId zone) {
    static Formats of(Viewer viewer) {
        return of(viewer, ZoneOffset.UTC);
    }

    /** @param source where the source's days begin: so those of a reader of whom nobody knows better */
    static Formats of(Viewer viewer, ZoneId source) {
        return of(viewer.locale(), viewer.zone().orElse(source));
    }

    static Formats of(Locale locale, ZoneId zone) {
        return new Formats(MessageBundles.get(Words.class, Localized.Literal.of(locale.toLanguageTag())), locale, zone);
    }

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

    /** What is left of a meter, such as "3 of 5 free this month". */
    String meter(Meter meter, Window window) {
        return switch (window) {
            case DAY -> words.freeToday(meter.remaining(), meter.limit());
            case WEEK -> words.freeThisWeek(meter.remaining(), meter.limit());
            case MONTH -> words.freeThisMonth(meter.remaining(), meter.limit());
        };
    }
}
