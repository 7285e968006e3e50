package dev.gatefold.pages.layout;

import dev.gatefold.access.meter.Meter;
import dev.gatefold.catalog.model.BillingInterval;
import dev.gatefold.catalog.model.CalendarWindow;
import dev.gatefold.kernel.Money;
import dev.gatefold.pages.session.Viewer;
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
public record ViewerFormats(PageMessages words, Locale locale, ZoneId zone) {
    public static ViewerFormats of(Viewer viewer) {
        return of(viewer, ZoneOffset.UTC);
    }

    /** @param source where the source's days begin: so those of a reader of whom nobody knows better */
    public static ViewerFormats of(Viewer viewer, ZoneId source) {
        return of(viewer.locale(), viewer.zone().orElse(source));
    }

    public static ViewerFormats of(Locale locale, ZoneId zone) {
        return new ViewerFormats(
                MessageBundles.get(PageMessages.class, Localized.Literal.of(locale.toLanguageTag())), locale, zone);
    }

    public String date(Instant at) {
        return DateTimeFormatter.ofLocalizedDate(FormatStyle.LONG)
                .withLocale(locale)
                .withZone(zone)
                .format(at);
    }

    public String money(Money money) {
        Currency currency = Currency.getInstance(money.currency().toUpperCase(Locale.ROOT));
        NumberFormat format = NumberFormat.getCurrencyInstance(locale);
        format.setCurrency(currency);
        format.setMinimumFractionDigits(currency.getDefaultFractionDigits());
        format.setMaximumFractionDigits(currency.getDefaultFractionDigits());
        return format.format(BigDecimal.valueOf(money.amount(), currency.getDefaultFractionDigits()));
    }

    public String price(Money money, BillingInterval interval) {
        return switch (interval) {
            case MONTH -> words.aMonth(money(money));
            case YEAR -> words.aYear(money(money));
        };
    }

    /** What is left of a meter, such as "3 of 5 free this month". */
    public String meter(Meter meter, CalendarWindow window) {
        return switch (window) {
            case DAY -> words.freeToday(meter.remaining(), meter.limit());
            case WEEK -> words.freeThisWeek(meter.remaining(), meter.limit());
            case MONTH -> words.freeThisMonth(meter.remaining(), meter.limit());
        };
    }
}
