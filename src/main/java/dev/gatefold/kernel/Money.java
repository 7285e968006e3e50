package dev.gatefold.kernel;

import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** An amount in the currency's minor unit (999 of {@code usd} is $9.99); the currency is ISO 4217 in lower case. */
@Schema(requiredProperties = {"amount", "currency"})
public record Money(long amount, String currency) {
    private static final Pattern CURRENCY = Pattern.compile("[a-z]{3}");

    public Money {
        if (amount < 0) {
            throw new IllegalArgumentException("An amount is not negative: " + amount);
        }
        if (!CURRENCY.matcher(currency).matches()) {
            throw new IllegalArgumentException("A currency is three lower-case letters: " + currency);
        }
    }
}
