package dev.gatefold.billing.stripe;

import com.stripe.param.billingportal.SessionCreateParams;
import com.stripe.param.billingportal.SessionCreateParams.FlowData;
import com.stripe.param.billingportal.SessionCreateParams.FlowData.AfterCompletion;
import com.stripe.param.billingportal.SessionCreateParams.FlowData.SubscriptionUpdate;
import dev.gatefold.billing.customer.BillingCustomers;
import dev.gatefold.subscriptions.model.PortalFlow;
import dev.gatefold.subscriptions.model.Subscription;
import io.quarkus.logging.Log;
import jakarta.inject.Singleton;
import java.net.URI;
import java.util.Optional;
import java.util.UUID;

/** Creates links to Stripe's billing portal. */
@Singleton
class StripePortal {
    private final StripeCustomerApi stripe;
    private final BillingCustomers customers;

    StripePortal(StripeCustomerApi stripe, BillingCustomers customers) {
        this.stripe = stripe;
        this.customers = customers;
    }

    /** Returns the URL of a portal page, or empty if the account has no customer. */
    Optional<URI> url(UUID account, Optional<Subscription> held, PortalFlow flow, URI backTo) {
        return held.map(Subscription::customer)
                .or(() -> customers.currentOf(StripeBilling.PROVIDER, account))
                .map(customer -> flowData(flow, held, backTo)
                        .flatMap(data -> deepLink(customer, data, backTo))
                        .orElseGet(() -> create(session(customer, backTo))));
    }

    private static Optional<FlowData> flowData(PortalFlow flow, Optional<Subscription> held, URI backTo) {
        return switch (flow) {
            case OVERVIEW -> Optional.empty();
            case UPDATE_PAYMENT_METHOD ->
                Optional.of(flow(FlowData.Type.PAYMENT_METHOD_UPDATE, backTo).build());
            case CHANGE_PLAN ->
                held.map(subscription -> flow(FlowData.Type.SUBSCRIPTION_UPDATE, backTo)
                        .setSubscriptionUpdate(SubscriptionUpdate.builder()
                                .setSubscription(subscription.id())
                                .build())
                        .build());
        };
    }

    private static FlowData.Builder flow(FlowData.Type type, URI backTo) {
        return FlowData.builder()
                .setType(type)
                .setAfterCompletion(AfterCompletion.builder()
                        .setType(AfterCompletion.Type.REDIRECT)
                        .setRedirect(AfterCompletion.Redirect.builder()
                                .setReturnUrl(backTo.toString())
                                .build())
                        .build());
    }

    /**
     * Returns empty if Stripe refuses the flow: because the portal's configuration has the feature switched off, or because
     * the subscription cannot be changed there, for example one with several items.
     */
    private Optional<URI> deepLink(String customer, FlowData flow, URI backTo) {
        try {
            return Optional.of(create(session(customer, backTo).setFlowData(flow)));
        } catch (StripeFailure failure) {
            if (failure.isRetryable()) {
                throw failure;
            }
            Log.infof(
                    "Opening the overview of the billing portal instead of %s: %s",
                    flow.getType().getValue(), failure.getMessage());
            return Optional.empty();
        }
    }

    private static SessionCreateParams.Builder session(String customer, URI backTo) {
        return SessionCreateParams.builder().setCustomer(customer).setReturnUrl(backTo.toString());
    }

    private URI create(SessionCreateParams.Builder params) {
        return URI.create(stripe.createPortalSession(params.build(), "portal-" + UUID.randomUUID())
                .getUrl());
    }
}
