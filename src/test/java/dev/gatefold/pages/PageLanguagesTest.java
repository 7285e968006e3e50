package dev.gatefold.pages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatefold.kernel.Money;
import dev.gatefold.pages.layout.ViewerFormats;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The locale of the pages, and the dates and amounts in it. */
class PageLanguagesTest {
    private static final Instant DECEMBER_FIRST = Instant.parse("2026-12-01T10:00:00Z");

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            -                                    | en
            ''                                   | en
            en                                   | en
            en-GB                                | en-GB
            EN-gb                                | en-GB
            en-GB,en-US;q=0.9,en;q=0.8           | en-GB
            en;q=0.5, en-AU                      | en-AU
            de-CH, de;q=0.9, en;q=0.8            | de-CH
            de;q=0.3, en-IE;q=0.7                | en-IE
            fr-FR, fr;q=0.9, de-AT;q=0.5         | de-AT
            fr, es                               | en
            *                                    | en
            *, de;q=0.5                          | de
            en;q=0, de                           | de
            en-GB;q=0                            | en
            # another calendar or other digits are not supported by the texts
            en-GB-u-ca-buddhist-nu-thai          | en-GB
            de-Latn-DE-1996                      | de-DE
            en-001                               | en-001
            # malformed
            en;q=                                | en
            ;;;,,,                               | en
            en_GB                                | en
            de-                                  | en
            x-private                            | en
            'de;q=2'                             | en
            """)
    void bestLocaleIsChosen(String header, String locale) {
        assertThat(PageLanguages.bestMatch(header).toLanguageTag()).isEqualTo(locale);
    }

    @Test
    void longHeaderIsHarmless() {
        assertThat(PageLanguages.bestMatch("zz-".repeat(4_000)).toLanguageTag()).isEqualTo("en");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            en    | December 1, 2026 | $12,345.60
            en-US | December 1, 2026 | $12,345.60
            en-GB | 1 December 2026  | US$12,345.60
            en-AU | 1 December 2026  | USD12,345.60
            en-IE | 1 December 2026  | US$12,345.60
            de    | 1. Dezember 2026 | 12.345,60 $
            de-DE | 1. Dezember 2026 | 12.345,60 $
            de-CH | 1. Dezember 2026 | $ 12’345.60
            de-AT | 1. Dezember 2026 | $ 12.345,60
            """)
    void datesAndAmountsFollowTheRegion(String header, String date, String amount) {
        ViewerFormats formats = new ViewerFormats(PageLanguages.bestMatch(header), ZoneOffset.UTC);

        assertThat(formats.date(DECEMBER_FIRST)).isEqualTo(date);
        assertThat(formats.money(new Money(1_234_560, "usd")).replaceAll("[\\u00a0\\u202f]", " "))
                .isEqualTo(amount);
    }
}
