package dev.gatefold.kernel;

import java.math.BigDecimal;
import java.util.Set;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * An amount of money.
 *
 * @param amount in the minor unit of the currency as the payment provider defines it, not negative: 999 of {@code usd} is $9.99
 * @param currency ISO 4217 code in lower case
 */
@Schema(requiredProperties = {"amount", "currency"})
public record Money(long amount, String currency) {
    private static final Pattern CURRENCY = Pattern.compile("[a-z]{3}");

    private static final Set<String> WITHOUT_DECIMALS = Set.of(
            "bif", "clp", "djf", "gnf", "jpy", "kmf", "krw", "mga", "pyg", "rwf", "vnd", "vuv", "xaf", "xof", "xpf");

    private static final Set<String> WITH_THREE_DECIMALS = Set.of("bhd", "jod", "kwd", "omr", "tnd");

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

    /**
     * Returns the number of decimals between the minor and the major unit, as the payment provider defines it. ISO 4217
     * differs for ISK, UGX and MGA.
     */
    public int decimals() {
        if (WITHOUT_DECIMALS.contains(currency)) {
            return 0;
        }
        return WITH_THREE_DECIMALS.contains(currency) ? 3 : 2;
    }

    /** Returns the amount in the major unit: 9.99 for 999 of {@code usd}. */
    public BigDecimal inMajorUnit() {
        return BigDecimal.valueOf(amount, decimals());
    }
}
