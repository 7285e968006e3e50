package dev.gatefold.sandbox.stripe.billing;

/** Result of all payments with a payment method. */
public enum SandboxPaymentMethodBehavior {
    GOOD("4242"),
    DECLINES("0341"),
    /** A bank debit, whose result is known after days. */
    DELAYED("6789");

    /** The last four digits, which show the behavior on the pages. */
    final String last4;

    SandboxPaymentMethodBehavior(String last4) {
        this.last4 = last4;
    }
}
