package dev.gatefold.sandbox.stripe.billing;

import dev.gatefold.sandbox.stripe.http.SandboxApiError;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Set;

/** Minor units of currencies as Stripe defines them, which differ from ISO 4217 for ISK, UGX and MGA. */
public final class SandboxCurrencies {
    private static final Set<String> ZERO_DECIMALS = Set.of(
            "bif", "clp", "djf", "gnf", "jpy", "kmf", "krw", "mga", "pyg", "rwf", "vnd", "vuv", "xaf", "xof", "xpf");
    private static final Set<String> THREE_DECIMALS = Set.of("bhd", "jod", "kwd", "omr", "tnd");

    /** Currencies with two decimals in the API that have no fractions, so that amounts are divisible by 100. */
    private static final Set<String> WHOLE_HUNDREDS = Set.of("isk", "ugx");

    private static final int HUNDRED = 100;
    private static final int TEN = 10;

    private SandboxCurrencies() {}

    /** Returns the number of decimals of an amount in the API. */
    public static int decimals(String currency) {
        return ZERO_DECIMALS.contains(currency) ? 0 : THREE_DECIMALS.contains(currency) ? 3 : 2;
    }

    /** Rounds half up to an amount that can be charged in the currency. */
    static long round(BigDecimal amount, String currency) {
        BigDecimal step = BigDecimal.valueOf(step(currency));
        return amount.divide(step, 0, RoundingMode.HALF_UP).multiply(step).longValueExact();
    }

    /**
     * Checks an amount of a price.
     *
     * @throws SandboxApiError with status 400 if the currency has no such fraction
     */
    public static void requireChargeable(long amount, String currency, String param) {
        if (amount % step(currency) != 0) {
            throw SandboxApiError.invalidParam(
                    param,
                    "Invalid amount: amounts in %s must be divisible by %d.".formatted(currency, step(currency)));
        }
    }

    private static int step(String currency) {
        return WHOLE_HUNDREDS.contains(currency) ? HUNDRED : THREE_DECIMALS.contains(currency) ? TEN : 1;
    }
}
