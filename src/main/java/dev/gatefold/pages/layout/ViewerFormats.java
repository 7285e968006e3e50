package dev.gatefold.pages.layout;

import dev.gatefold.access.meter.Meter;
import dev.gatefold.catalog.model.BillingInterval;
import dev.gatefold.catalog.model.CalendarWindow;
import dev.gatefold.kernel.Money;
import dev.gatefold.pages.PageLanguages;
import dev.gatefold.pages.session.Viewer;
import io.quarkus.qute.i18n.Localized;
import io.quarkus.qute.i18n.MessageBundles;
import java.text.NumberFormat;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.Currency;
import java.util.Locale;

/**
 * Texts, dates and amounts in the language and time zone of a viewer.
 *
 * @param locale language, possibly with the region that decides how dates and amounts are written
 */
public record ViewerFormats(Locale locale, ZoneId zone) {
    /** Returns the formats of a viewer. Without a time zone of the account, dates are in UTC. */
    public static ViewerFormats of(Viewer viewer) {
        return of(viewer, ZoneOffset.UTC);
    }

    /**
     * Returns the formats of a viewer.
     *
     * @param fallback time zone of viewers whose account has none, usually that of the source
     */
    public static ViewerFormats of(Viewer viewer, ZoneId fallback) {
        return new ViewerFormats(viewer.locale(), viewer.zone().orElse(fallback));
    }

    /** Returns a message bundle in the viewer's language. */
    public <T> T messages(Class<T> bundle) {
        return MessageBundles.get(
                bundle, Localized.Literal.of(PageLanguages.language(locale).toLanguageTag()));
    }

    private CommonMessages messages() {
        return messages(CommonMessages.class);
    }

    /** Formats the date of an instant in the viewer's time zone, such as "December 1, 2026", or "1 December 2026". */
    public String date(Instant at) {
        return date(at, zone);
    }

    /** Formats the date of an instant in another time zone. */
    public String date(Instant at, ZoneId zone) {
        return DateTimeFormatter.ofLocalizedDate(FormatStyle.LONG)
                .withLocale(locale)
                .withZone(zone)
                .format(at);
    }

    /** Formats an amount with its currency, such as "$9.99". */
    public String money(Money money) {
        Currency currency = Currency.getInstance(money.currency().toUpperCase(Locale.ROOT));
        NumberFormat format = NumberFormat.getCurrencyInstance(locale);
        format.setCurrency(currency);
        format.setMinimumFractionDigits(Math.min(currency.getDefaultFractionDigits(), money.decimals()));
        format.setMaximumFractionDigits(money.decimals());
        return format.format(money.inMajorUnit());
    }

    /**
     * Formats a recurring price, such as "$9.99 per month".
     *
     * @param money null if the amount is not known; the text then says only how often it is charged
     */
    public String price(Money money, BillingInterval interval) {
        if (money == null) {
            return switch (interval) {
                case MONTH -> messages().billedMonthly();
                case YEAR -> messages().billedYearly();
            };
        }
        return switch (interval) {
            case MONTH -> messages().pricePerMonth(money(money));
            case YEAR -> messages().pricePerYear(money(money));
        };
    }

    /** Formats the terms of a free trial without a card, such as "Free for 14 days. No card needed. It ends by itself." */
    public String freeTrial(int days) {
        return messages()
                .freeTrial(days == 1 ? messages().freeForOneDay() : messages().freeForDays(Integer.toString(days)));
    }

    /** Formats what remains of a meter, such as "3 of 5 free articles left this month". */
    public String meter(Meter meter, CalendarWindow window) {
        String left = Integer.toString(meter.remaining());
        String limit = Integer.toString(meter.limit());
        return switch (window) {
            case DAY -> messages().articlesLeftToday(left, limit);
            case WEEK -> messages().articlesLeftThisWeek(left, limit);
            case MONTH -> messages().articlesLeftThisMonth(left, limit);
        };
    }
}
