package dev.gatefold.sandbox.stripe.billing;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatefold.sandbox.stripe.http.SandboxForm;
import java.util.List;
import java.util.Optional;

/**
 * The terms of a new subscription.
 *
 * @param trialEnd in epoch seconds; empty for no trial
 * @param method default payment method; empty for the one of the customer
 * @param form parameters that are copied to the subscription
 * @param deferPayment true to leave the first invoice open instead of collecting it
 */
public record SandboxSubscriptionTerms(
        ObjectNode customer,
        List<SandboxRequestedItem> items,
        Optional<Long> trialEnd,
        Optional<String> method,
        SandboxForm form,
        boolean deferPayment) {}
