package dev.gatefold.sandbox.stripe.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.stripe.Stripe;
import com.stripe.exception.AuthenticationException;
import com.stripe.exception.IdempotencyException;
import com.stripe.exception.InvalidRequestException;
import com.stripe.model.Customer;
import com.stripe.model.Event;
import com.stripe.model.Subscription;
import com.stripe.model.checkout.Session;
import com.stripe.net.RequestOptions;
import com.stripe.param.CustomerCreateParams;
import com.stripe.param.CustomerListParams;
import com.stripe.param.CustomerUpdateParams;
import com.stripe.param.EventListParams;
import com.stripe.param.InvoiceListParams;
import com.stripe.param.PriceCreateParams;
import com.stripe.param.SubscriptionItemListParams;
import com.stripe.param.SubscriptionListParams;
import com.stripe.param.SubscriptionRetrieveParams;
import com.stripe.param.SubscriptionUpdateParams;
import com.stripe.param.checkout.SessionCreateParams;
import com.stripe.param.checkout.SessionRetrieveParams;
import dev.gatefold.sandbox.stripe.StripeSandboxFixture;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Calls the API of the sandbox with Stripe's own client library: errors, lists, idempotency, expansion, Checkout. */
class SandboxApiTest {
    private final StripeSandboxFixture fixture = new StripeSandboxFixture();

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void unknownApiKeyIsRejected() {
        assertThatThrownBy(() -> fixture.client("sk_test_another").customers().list())
                .isInstanceOf(AuthenticationException.class);
    }

    @Test
    void unknownObjectIsReportedAsMissing() {
        assertThatThrownBy(() -> fixture.stripe.subscriptions().retrieve("sub_gone"))
                .isInstanceOfSatisfying(InvalidRequestException.class, it -> {
                    assertThat(it.getStatusCode()).isEqualTo(404);
                    assertThat(it.getCode()).isEqualTo("resource_missing");
                    assertThat(it.getRequestId()).startsWith("req_");
                });
    }

    @Test
    void unsupportedRequestsAreRejected() {
        assertThatThrownBy(() -> fixture.stripe.quotes().list())
                .isInstanceOfSatisfying(
                        InvalidRequestException.class,
                        it -> assertThat(it.getMessage()).contains("Unrecognized request URL (GET: /v1/quotes)"));
    }

    @Test
    void listsArePagedNewestFirst() throws Exception {
        List<String> newestFirst = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            newestFirst.addFirst(
                    fixture.createCustomer("reader" + i + "@example.com").getId());
        }

        var pages = fixture.stripe
                .customers()
                .list(CustomerListParams.builder().setLimit(3L).build());
        assertThat(pages.getHasMore()).isTrue();
        List<String> found = new ArrayList<>();
        pages.autoPagingIterable().forEach(it -> found.add(it.getId()));
        assertThat(found).isEqualTo(newestFirst);

        var before = fixture.stripe
                .customers()
                .list(CustomerListParams.builder()
                        .setLimit(2L)
                        .setEndingBefore(newestFirst.get(4))
                        .build());
        assertThat(before.getData())
                .extracting(Customer::getId)
                .containsExactly(newestFirst.get(2), newestFirst.get(3));
        assertThat(before.getHasMore()).isTrue();
    }

    @Test
    void customersAreFoundByEmail() throws Exception {
        fixture.createCustomer("ann@example.com");
        fixture.createCustomer("ben@example.com");

        var found = fixture.stripe
                .customers()
                .list(CustomerListParams.builder().setEmail("ben@example.com").build());

        assertThat(found.getData()).extracting(Customer::getEmail).containsExactly("ben@example.com");
    }

    @Test
    void idempotencyKeyCreatesOneCustomer() throws Exception {
        var ann = CustomerCreateParams.builder().setEmail("ann@example.com").build();
        RequestOptions key =
                RequestOptions.builder().setIdempotencyKey("account-42").build();

        Customer first = fixture.stripe.customers().create(ann, key);
        Customer second = fixture.stripe.customers().create(ann, key);

        assertThat(second.getId()).isEqualTo(first.getId());
        assertThat(second.getLastResponse().headers().firstValue("Idempotent-Replayed"))
                .contains("true");
        assertThat(fixture.stripe.customers().list().getData()).hasSize(1);
        var ben = CustomerCreateParams.builder().setEmail("ben@example.com").build();
        assertThatThrownBy(() -> fixture.stripe.customers().create(ben, key)).isInstanceOf(IdempotencyException.class);
    }

    @Test
    void idempotencyKeyExpiresAfterOneDay() throws Exception {
        var ann = CustomerCreateParams.builder().setEmail("ann@example.com").build();
        RequestOptions key =
                RequestOptions.builder().setIdempotencyKey("account-42").build();
        Customer first = fixture.stripe.customers().create(ann, key);

        fixture.advance(Duration.ofHours(24));

        assertThat(fixture.stripe.customers().create(ann, key).getId()).isNotEqualTo(first.getId());
    }

    @Test
    void referencesAreExpanded() throws Exception {
        String id = fixture.createSubscription("pay", 0).getId();

        Subscription subscription = fixture.stripe
                .subscriptions()
                .retrieve(
                        id,
                        SubscriptionRetrieveParams.builder()
                                .addExpand("customer")
                                .addExpand("latest_invoice.payments")
                                .addExpand("items.data.price.product")
                                .build());

        assertThat(subscription.getCustomerObject().getEmail()).isEqualTo("ann@example.com");
        assertThat(subscription.getLatestInvoiceObject().getPayments().getData())
                .extracting(it -> it.getPayment().getType())
                .containsExactly("payment_intent");
        assertThat(subscription
                        .getItems()
                        .getData()
                        .getFirst()
                        .getPrice()
                        .getProductObject()
                        .getName())
                .isEqualTo("Membership");
        var list = fixture.stripe
                .subscriptions()
                .list(SubscriptionListParams.builder()
                        .addExpand("data.customer")
                        .build());
        assertThat(list.getData().getFirst().getCustomerObject().getEmail()).isEqualTo("ann@example.com");
    }

    @Test
    void expansionDeeperThanFourLevelsIsRejected() {
        var deep = SubscriptionListParams.builder()
                .addExpand("data.items.data.price.product")
                .build();

        assertThatThrownBy(() -> fixture.stripe.subscriptions().list(deep))
                .hasMessageContaining("You cannot expand more than 4 levels");
    }

    @Test
    void checkoutLineItemsAreExpandable() throws Exception {
        Session session = fixture.createCheckout(fixture.createCustomer("ann@example.com"), 0);

        Session expanded = fixture.stripe
                .checkout()
                .sessions()
                .retrieve(
                        session.getId(),
                        SessionRetrieveParams.builder().addExpand("line_items").build());

        assertThat(session.getLineItems()).isNull();
        assertThat(expanded.getLineItems().getData())
                .extracting(it -> it.getPrice().getLookupKey())
                .containsExactly("membership_month");
        assertThat(expanded.getClientReferenceId()).isEqualTo("42");
    }

    @Test
    void checkoutTrialOfLessThanTwoDaysIsRejected() {
        assertThatThrownBy(() -> fixture.createCheckout(fixture.createCustomer("ann@example.com"), 1))
                .hasMessageContaining("at least 2 days in the future");
    }

    @Test
    void anAbandonedCheckoutExpires() throws Exception {
        Session session = fixture.createCheckout(fixture.createCustomer("ann@example.com"), 0);

        fixture.advance(Duration.ofHours(24));

        Session expired = fixture.stripe.checkout().sessions().retrieve(session.getId());
        assertThat(expired.getStatus()).isEqualTo("expired");
        assertThat(expired.getUrl()).isNull();
        assertThat(fixture.eventTypes()).endsWith("checkout.session.expired");
    }

    @Test
    void canceledSubscriptionsAreListedOnlyOnRequest() throws Exception {
        Subscription subscription = fixture.createSubscription("pay", 0);
        fixture.stripe.subscriptions().cancel(subscription.getId());

        var usual = SubscriptionListParams.builder().setCustomer(subscription.getCustomer());
        var all = SubscriptionListParams.builder()
                .setCustomer(subscription.getCustomer())
                .setStatus(SubscriptionListParams.Status.ALL);

        assertThat(fixture.stripe.subscriptions().list(usual.build()).getData()).isEmpty();
        assertThat(fixture.stripe.subscriptions().list(all.build()).getData())
                .extracting(Subscription::getStatus)
                .containsExactly("canceled");
        assertThatThrownBy(() -> fixture.stripe.subscriptions().cancel(subscription.getId()))
                .hasMessageContaining("No such subscription");
    }

    @Test
    void customerDeletionCancelsSubscriptions() throws Exception {
        Subscription subscription = fixture.createSubscription("pay", 0);

        fixture.stripe.customers().delete(subscription.getCustomer());

        assertThat(fixture.status(subscription)).isEqualTo("canceled");
        assertThat(fixture.stripe
                        .customers()
                        .retrieve(subscription.getCustomer())
                        .getDeleted())
                .isTrue();
        assertThat(fixture.eventTypes()).endsWith("customer.subscription.deleted", "customer.deleted");
        assertThatThrownBy(() ->
                        fixture.createCheckout(fixture.stripe.customers().retrieve(subscription.getCustomer()), 0))
                .hasMessageContaining("No such customer");
    }

    @Test
    void priceChangeIsProratedOnNextInvoice() throws Exception {
        Subscription subscription = fixture.createSubscription("pay", 0);
        String item = subscription.getItems().getData().getFirst().getId();

        fixture.stripe
                .subscriptions()
                .update(
                        subscription.getId(),
                        SubscriptionUpdateParams.builder()
                                .addItem(SubscriptionUpdateParams.Item.builder()
                                        .setId(item)
                                        .setPrice(fixture.priceId("membership_year"))
                                        .build())
                                .build());

        Subscription yearly = fixture.subscription(subscription.getId());
        assertThat(yearly.getItems().getData().getFirst().getPrice().getLookupKey())
                .isEqualTo("membership_year");
        assertThat(fixture.stripe.invoices().retrieve(yearly.getLatestInvoice()).getTotal())
                .isEqualTo(9900 - 999);
    }

    @Test
    void eventsAreFoundByTypeAndTime() throws Exception {
        fixture.createSubscription("pay", 0);
        long then = fixture.clock.instant().getEpochSecond();
        fixture.advanceDays(1);
        fixture.createCustomer("late@example.com");

        var customers = EventListParams.builder().addType("customer.created").addType("customer.deleted");
        var late = EventListParams.builder()
                .setCreated(EventListParams.Created.builder().setGt(then).build());
        var invoices = EventListParams.builder().setType("invoice.*");

        assertThat(fixture.stripe.events().list(customers.build()).getData()).hasSize(2);
        assertThat(fixture.stripe.events().list(late.build()).getData())
                .extracting(Event::getType)
                .containsExactly("customer.created");
        assertThat(fixture.stripe.events().list(invoices.build()).getData()).hasSize(4);
    }

    @Test
    void eventsContainPreviousAttributes() throws Exception {
        Customer customer = fixture.createCustomer("ann@example.com");
        customer = fixture.stripe
                .customers()
                .update(
                        customer.getId(),
                        CustomerUpdateParams.builder().setName("Ann").build());

        Event event = fixture.events().getLast();

        assertThat(customer.getName()).isEqualTo("Ann");
        assertThat(event.getType()).isEqualTo("customer.updated");
        assertThat(event.getApiVersion()).isEqualTo(Stripe.API_VERSION);
        assertThat(event.getData().getPreviousAttributes()).containsOnlyKeys("name");
        assertThat(event.getRequest().getId()).startsWith("req_");
    }

    @Test
    void concurrentRequestsWithSameKeyCreateOneCustomer() throws Exception {
        var ann = CustomerCreateParams.builder().setEmail("ann@example.com").build();
        RequestOptions key =
                RequestOptions.builder().setIdempotencyKey("account-42").build();

        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var calls = IntStream.range(0, 20)
                    .mapToObj(
                            i -> threads.submit(() -> fixture.stripe.customers().create(ann, key)))
                    .toList();
            for (var call : calls) {
                call.get();
            }
        }

        assertThat(fixture.stripe.customers().list().getData()).hasSize(1);
    }

    @Test
    void concurrentCallsSucceed() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var calls = IntStream.range(0, 50)
                    .mapToObj(i -> threads.submit(() -> fixture.createCustomer("reader" + i + "@example.com")))
                    .toList();
            for (var call : calls) {
                call.get();
            }
        }

        assertThat(fixture.eventTypes()).hasSize(50);
    }

    @Test
    void checkoutWithoutPaymentDueNeedsNoCard() throws Exception {
        Session session = fixture.stripe
                .checkout()
                .sessions()
                .create(subscriptionCheckout(fixture.createCustomer("ben@example.com"))
                        .setPaymentMethodCollection(SessionCreateParams.PaymentMethodCollection.IF_REQUIRED)
                        .setSubscriptionData(SessionCreateParams.SubscriptionData.builder()
                                .setTrialPeriodDays(14L)
                                .build())
                        .build());

        fixture.post("/controls/sessions/" + session.getId() + "/pay", "");

        session = fixture.stripe.checkout().sessions().retrieve(session.getId());
        assertThat(session.getPaymentStatus()).isEqualTo("no_payment_required");
        assertThat(fixture.subscription(session.getSubscription()).getDefaultPaymentMethod())
                .isNull();
    }

    private SessionCreateParams.Builder subscriptionCheckout(Customer customer) throws Exception {
        return SessionCreateParams.builder()
                .setMode(SessionCreateParams.Mode.SUBSCRIPTION)
                .setCustomer(customer.getId())
                .setSuccessUrl("http://localhost:8080/")
                .addLineItem(SessionCreateParams.LineItem.builder()
                        .setPrice(fixture.priceId("membership_month"))
                        .setQuantity(1L)
                        .build());
    }

    @Test
    void otherCheckoutModesCreateNoSubscription() throws Exception {
        String once = fixture.stripe
                .prices()
                .create(PriceCreateParams.builder()
                        .setCurrency("usd")
                        .setUnitAmount(500L)
                        .setProductData(PriceCreateParams.ProductData.builder()
                                .setName("A tote bag")
                                .build())
                        .build())
                .getId();
        var bag = SessionCreateParams.LineItem.builder().setPrice(once).setQuantity(2L);
        var payment = SessionCreateParams.builder()
                .setMode(SessionCreateParams.Mode.PAYMENT)
                .setSuccessUrl("http://localhost:8080/")
                .addLineItem(bag.build());
        var setup = SessionCreateParams.builder()
                .setMode(SessionCreateParams.Mode.SETUP)
                .setSuccessUrl("http://localhost:8080/");

        Session paid = pay(fixture.stripe.checkout().sessions().create(payment.build()));
        Session set = pay(fixture.stripe.checkout().sessions().create(setup.build()));

        assertThat(fixture.stripe
                        .paymentIntents()
                        .retrieve(paid.getPaymentIntent())
                        .getAmountReceived())
                .isEqualTo(1000);
        assertThat(paid.getPaymentStatus()).isEqualTo("paid");
        assertThat(set.getPaymentStatus()).isEqualTo("no_payment_required");
        assertThat(fixture.stripe.subscriptions().list().getData()).isEmpty();
    }

    private Session pay(Session session) throws Exception {
        fixture.post("/controls/sessions/" + session.getId() + "/pay", "");
        return fixture.stripe.checkout().sessions().retrieve(session.getId());
    }

    @Test
    void invoicesAndEventsAreListedBySubscription() throws Exception {
        Subscription ann = fixture.createSubscription("pay", 0);
        fixture.createSubscription("pay", 14);

        var items = SubscriptionItemListParams.builder().setSubscription(ann.getId());
        var invoices = InvoiceListParams.builder().setSubscription(ann.getId());
        var open = InvoiceListParams.builder().setStatus(InvoiceListParams.Status.OPEN);

        assertThat(fixture.stripe.subscriptionItems().list(items.build()).getData())
                .extracting(it -> it.getPrice().getLookupKey())
                .containsExactly("membership_month");
        assertThat(fixture.stripe.invoices().list(invoices.build()).getData()).hasSize(1);
        assertThat(fixture.stripe.invoices().list(open.build()).getData()).isEmpty();
    }

    @Test
    void priceWithInvalidIntervalIsRejected() {
        var endless = PriceCreateParams.Recurring.builder()
                .setInterval(PriceCreateParams.Recurring.Interval.MONTH)
                .setIntervalCount(0L);
        var price = PriceCreateParams.builder()
                .setCurrency("usd")
                .setUnitAmount(1L)
                .setRecurring(endless.build())
                .setProductData(PriceCreateParams.ProductData.builder()
                        .setName("Nothing")
                        .build());

        assertThatThrownBy(() -> fixture.stripe.prices().create(price.build()))
                .isInstanceOf(InvalidRequestException.class);
    }
}
