package dev.gatefold.pages.layout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatefold.kernel.Money;
import java.time.ZoneOffset;
import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Amounts in currencies with other minor units than hundredths. */
class MoneyFormatTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            999    | usd | $9.99      | 9,99 $
            900    | usd | $9.00      | 9,00 $
            999    | eur | €9.99      | 9,99 €
            999    | jpy | ¥999       | 999 ¥
            1200   | krw | ₩1,200     | 1.200 ₩
            9990   | kwd | KWD9.990  | 9,990 KWD
            # ISO 4217 has no minor unit of these, but the payment provider counts hundredths
            99900  | isk | ISK999    | 999 ISK
            500000 | ugx | UGX5,000  | 5.000 UGX
            # and the other way round
            45000  | mga | MGA45,000 | 45.000 MGA
            """)
    void amountIsShownInMajorUnit(long amount, String currency, String english, String german) {
        assertThat(format(amount, currency, Locale.US)).isEqualTo(english);
        assertThat(format(amount, currency, Locale.GERMANY)).isEqualTo(german);
    }

    private static String format(long amount, String currency, Locale locale) {
        // CLDR separates numbers and currencies by non-breaking spaces
        return new ViewerFormats(locale, ZoneOffset.UTC)
                .money(new Money(amount, currency))
                .replace('\u00a0', ' ');
    }
}
