package dev.gatefold.catalog.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatefold.kernel.Money;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PlanTest {
    private static final Plan PLAN = new Plan(
            "membership",
            "Membership",
            Map.of("de", "Mitgliedschaft"),
            14,
            null,
            List.of(new PlanPrice(BillingInterval.MONTH, new Money(999, "usd"))));

    @Test
    void nameIsTranslatedToLanguageOfLocale() {
        assertThat(PLAN.localizedName(Locale.GERMAN)).isEqualTo("Mitgliedschaft");
        assertThat(PLAN.localizedName(Locale.forLanguageTag("de-AT"))).isEqualTo("Mitgliedschaft");
    }

    @Test
    void defaultNameIsUsedWithoutTranslation() {
        assertThat(PLAN.localizedName(Locale.FRENCH)).isEqualTo("Membership");
    }
}
