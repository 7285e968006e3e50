package dev.gatefold.kernel;

import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * An amount of money.
 *
 * @param amount in the minor unit of the currency, not negative: 999 of {@code usd} is $9.99
 * @param currency ISO 4217 code in lower case
 */
@Schema(requiredProperties = {"amount", "currency"})
public record Money(long amount, String currency) {
    private static final Pattern CURRENCY = Pattern.compile("[a-z]{3}");

    /**
     * Validates the values.
     *
     * @throws IllegalArgumentException if the amount is negative or the currency is not a lower-case code
     */
    public Money {
        if (amount < 0) {
            throw new IllegalArgumentException("The amount must not be negative: " + amount);
        }
        if (!CURRENCY.matcher(currency).matches()) {
            throw new IllegalArgumentException("The currency must be three lower-case letters: " + currency);
        }
    }
}
