package dev.gatefold.billing.stripe;

import com.stripe.Stripe;
import com.stripe.StripeClient;
import com.stripe.exception.ApiConnectionException;
import com.stripe.exception.ApiException;
import com.stripe.exception.AuthenticationException;
import com.stripe.exception.InvalidRequestException;
import com.stripe.exception.RateLimitException;
import com.stripe.exception.StripeException;
import com.stripe.model.Charge;
import com.stripe.model.Customer;
import com.stripe.model.Dispute;
import com.stripe.model.Event;
import com.stripe.model.Invoice;
import com.stripe.model.InvoicePayment;
import com.stripe.model.Price;
import com.stripe.model.StripeCollection;
import com.stripe.model.Subscription;
import com.stripe.model.SubscriptionItem;
import com.stripe.model.checkout.Session;
import com.stripe.net.RequestOptions;
import com.stripe.param.CustomerCreateParams;
import com.stripe.param.DisputeListParams;
import com.stripe.param.EventListParams;
import com.stripe.param.InvoiceListParams;
import com.stripe.param.InvoicePaymentListParams;
import com.stripe.param.PriceListParams;
import com.stripe.param.SubscriptionItemListParams;
import com.stripe.param.SubscriptionListParams;
import com.stripe.param.SubscriptionRetrieveParams;
import com.stripe.param.SubscriptionUpdateParams;
import com.stripe.param.billingportal.SessionCreateParams;
import com.stripe.service.V1Services;
import io.quarkus.logging.Log;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The calls to Stripe that we make, each once: whoever needs it again tries again. Every one blocks, for as long as its
 * {@link StripeCaller} at most, and throws {@link StripeFailure}; what Stripe does not have is empty.
 */
@Singleton
public class StripeApi {
    /** Who waits for an answer, and so for how long. */
    enum StripeCaller {
        WORKER,
        READER
    }

    static {
        // it would write an identifier of its own into the home folder, and send it along
        Stripe.enableTelemetry = false;
    }

    private static final long MOST = 100;
    private static final int GONE = 404;
    private static final int CONFLICT = 409;

    private final V1Services stripe;
    private final StripeConfig config;
    private final StripeSecrets secrets;
    private final ScopedValue<StripeCaller> patience = ScopedValue.newInstance();

    StripeApi(StripeConfig config, StripeSecrets secrets, StripeThrottle pace, StripeCallObserver calls) {
        this.config = config;
        this.secrets = secrets;
        this.stripe = StripeClient.builder()
                .setApiKey(secrets.apiKey())
                .setApiBase(config.apiBase().toString())
                .setHttpClient(new StripeTransport(config, pace, calls))
                .build()
                .v1();
    }

    /** Runs something for which a reader waits. */
    <T> T callForReader(ScopedValue.CallableOp<T, RuntimeException> calls) {
        try {
            return ScopedValue.where(patience, StripeCaller.READER).call(calls);
        } catch (StripeFailure trouble) {
            throw trouble.toProblem();
        }
    }

    Optional<Subscription> subscription(String id) {
        var wanted =
                SubscriptionRetrieveParams.builder().addExpand("latest_invoice").build();
        return find(() -> stripe.subscriptions().retrieve(id, wanted, options()));
    }

    /** A page of all there are, in whatever state, the newest first. */
    public StripeCollection<Subscription> subscriptions(Optional<String> customer, Optional<String> after) {
        var wanted = SubscriptionListParams.builder()
                .setStatus(SubscriptionListParams.Status.ALL)
                .setLimit(MOST)
                .addExpand("data.latest_invoice");
        customer.ifPresent(wanted::setCustomer);
        after.ifPresent(wanted::setStartingAfter);
        return call(() -> stripe.subscriptions().list(wanted.build(), options()));
    }

    /** The items of a subscription, also where it has more than it brought along. */
    List<SubscriptionItem> items(Subscription subscription) {
        var brought = subscription.getItems();
        if (brought == null || brought.getData() == null) {
            return List.of();
        }
        if (!Boolean.TRUE.equals(brought.getHasMore())) {
            return brought.getData();
        }
        var wanted = SubscriptionItemListParams.builder()
                .setSubscription(subscription.getId())
                .setLimit(MOST)
                .build();
        return call(() -> stripe.subscriptionItems().list(wanted, options()).getData());
    }

    Subscription updateSubscription(String subscription, SubscriptionUpdateParams change, String intention) {
        return call(() -> stripe.subscriptions().update(subscription, change, intending(intention)));
    }

    /** Ends it at once; what has ended is not there any more to be ended. */
    void cancelSubscription(String subscription) {
        var _ = find(() -> stripe.subscriptions().cancel(subscription, options()));
    }

    /** What is owed for a subscription. */
    List<Invoice> openInvoices(Subscription subscription) {
        if (!StripeTranslation.mayHaveOpenInvoices(subscription)) {
            return List.of();
        }
        var wanted = InvoiceListParams.builder()
                .setSubscription(subscription.getId())
                .setStatus(InvoiceListParams.Status.OPEN)
                .setLimit(MOST)
                .build();
        return find(() -> stripe.invoices().list(wanted, options()).getData()).orElse(List.of());
    }

    Optional<Customer> customer(String id) {
        return find(() -> stripe.customers().retrieve(id, options()));
    }

    Customer create(CustomerCreateParams customer, String intention) {
        return call(() -> stripe.customers().create(customer, intending(intention)));
    }

    /** Its subscriptions end with it, at once. */
    void deleteCustomer(String customer) {
        var _ = find(() -> stripe.customers().delete(customer, options()));
    }

    Optional<Price> activePrice(String lookupKey) {
        var wanted = PriceListParams.builder()
                .addLookupKey(lookupKey)
                .setActive(true)
                .setLimit(1L)
                .build();
        return call(
                () -> stripe.prices().list(wanted, options()).getData().stream().findFirst());
    }

    Session create(com.stripe.param.checkout.SessionCreateParams session, String intention) {
        return call(() -> stripe.checkout().sessions().create(session, intending(intention)));
    }

    Optional<Session> checkoutSession(String id) {
        return find(() -> stripe.checkout().sessions().retrieve(id, options()));
    }

    Session expireCheckoutSession(String session, String intention) {
        return call(() -> stripe.checkout().sessions().expire(session, intending(intention)));
    }

    com.stripe.model.billingportal.Session createPortalSession(SessionCreateParams session, String intention) {
        return call(() -> stripe.billingPortal().sessions().create(session, intending(intention)));
    }

    Optional<Charge> charge(String id) {
        return find(() -> stripe.charges().retrieve(id, options()));
    }

    List<Dispute> disputes(String charge) {
        var wanted =
                DisputeListParams.builder().setCharge(charge).setLimit(MOST).build();
        return call(() -> stripe.disputes().list(wanted, options()).getData());
    }

    /** A page of all there are, the newest first. */
    public StripeCollection<Dispute> disputes(Optional<String> after) {
        var wanted = DisputeListParams.builder().setLimit(MOST);
        after.ifPresent(wanted::setStartingAfter);
        return call(() -> stripe.disputes().list(wanted.build(), options()));
    }

    List<InvoicePayment> invoicePayments(String paymentIntent) {
        var wanted = InvoicePaymentListParams.builder()
                .setPayment(InvoicePaymentListParams.Payment.builder()
                        .setType(InvoicePaymentListParams.Payment.Type.PAYMENT_INTENT)
                        .setPaymentIntent(paymentIntent)
                        .build())
                .build();
        return call(() -> stripe.invoicePayments().list(wanted, options()).getData());
    }

    Optional<Invoice> invoice(String id) {
        return find(() -> stripe.invoices().retrieve(id, options()));
    }

    /** A page of the events that no endpoint of ours has taken, the newest first. */
    public StripeCollection<Event> undeliveredEvents(Optional<String> after) {
        var wanted = EventListParams.builder().setDeliverySuccess(false).setLimit(MOST);
        after.ifPresent(wanted::setStartingAfter);
        return call(() -> stripe.events().list(wanted.build(), options()));
    }

    private interface StripeOperation<T> {
        T make() throws StripeException;
    }

    private static <T> Optional<T> find(StripeOperation<T> call) {
        try {
            return Optional.of(call.make());
        } catch (InvalidRequestException e) {
            if (e.getStatusCode() == GONE) {
                return Optional.empty();
            }
            throw trouble(e);
        } catch (StripeException e) {
            throw trouble(e);
        }
    }

    private static <T> T call(StripeOperation<T> call) {
        try {
            return call.make();
        } catch (StripeException e) {
            throw trouble(e);
        }
    }

    /** What Stripe says of its refusals may quote what readers typed: we keep the code, and the number to ask it with. */
    private static StripeFailure trouble(StripeException e) {
        String answer = e.getStatusCode() + " " + e.getCode() + ", " + e.getRequestId();
        if (Integer.valueOf(CONFLICT).equals(e.getStatusCode())) {
            return new StripeFailure("Stripe is at it already, for another request", true, false, null);
        }
        return switch (e) {
            case ApiConnectionException _ -> new StripeFailure("Stripe cannot be reached", true, false, e);
            case RateLimitException _ -> new StripeFailure("Stripe is asked too much", true, false, null);
            case ApiException _ -> new StripeFailure("Stripe failed: " + answer, true, true, null);
            // a key may be revoked before its successor is set: nothing is given up for that
            case AuthenticationException _ -> {
                Log.errorf("Stripe does not take our key: %s", answer);
                yield new StripeFailure("Stripe does not take our key: " + answer, true, false, null);
            }
            default -> new StripeFailure("Stripe refused: " + answer, false, true, null);
        };
    }

    private RequestOptions options() {
        return timed().build();
    }

    /** One key for one intention: said twice, it is done once. */
    private RequestOptions intending(String intention) {
        return timed().setIdempotencyKey(intention).build();
    }

    private RequestOptions.RequestOptionsBuilder timed() {
        Duration bound = switch (patience.orElse(StripeCaller.WORKER)) {
            case WORKER -> config.timeout();
            case READER -> config.readerTimeout();
        };
        return RequestOptions.builder()
                .setApiKey(secrets.apiKey())
                .setReadTimeout((int) bound.toMillis())
                .setConnectTimeout((int) config.connectTimeout().toMillis())
                .setMaxNetworkRetries(0);
    }
}
