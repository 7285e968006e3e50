package dev.gatefold.testing;

import static dev.gatefold.testing.TestCallers.advanceClock;
import static dev.gatefold.testing.TestCallers.newAccountToken;
import static dev.gatefold.testing.TestCallers.newTrialToken;
import static dev.gatefold.testing.TestCallers.serviceNow;
import static dev.gatefold.testing.TestCallers.withBearerToken;
import static dev.gatefold.testing.TestPayments.callStripe;
import static dev.gatefold.testing.TestPayments.stripeClient;

import com.stripe.param.PriceListParams;
import com.stripe.param.SubscriptionCreateParams;
import com.stripe.param.SubscriptionCreateParams.TrialSettings;
import com.stripe.param.SubscriptionCreateParams.TrialSettings.EndBehavior;
import com.stripe.param.SubscriptionUpdateParams;
import java.time.Duration;
import java.util.Map;

/** Readers in every membership state, with subscriptions at the Stripe sandbox. */
public enum MembershipScenario {
    NONE {
        @Override
        public String createReader() {
            return newAccountToken();
        }
    },
    TRIAL {
        @Override
        public String createReader() {
            return newTrialToken();
        }
    },
    /** The trial continues at Stripe, and a payment follows. */
    TRIAL_WITH_SUBSCRIPTION("TRIAL") {
        @Override
        public String createReader() {
            String reader = newTrialToken();
            TestPayments.subscribe(reader);
            return reader;
        }
    },
    TRIAL_ENDED("ENDED") {
        @Override
        public String createReader() {
            String reader = newTrialToken();
            advanceClock(Duration.ofDays(15));
            return reader;
        }
    },
    /** The first payment is a bank debit under way. */
    PENDING {
        @Override
        public String createReader() {
            String reader = newAccountToken();
            TestPayments.followReturnUrl(
                    TestPayments.actOnCheckoutPage(TestPayments.startCheckout(reader), "pay-with-delay"));
            return reader;
        }
    },
    ACTIVE {
        @Override
        public String createReader() {
            String reader = newAccountToken();
            TestPayments.subscribe(reader);
            return reader;
        }
    },
    /** An end is scheduled some periods away. */
    ACTIVE_UNTIL("ACTIVE") {
        @Override
        public String createReader() {
            String reader = newAccountToken();
            String subscription = TestPayments.subscribe(reader);
            var end = SubscriptionUpdateParams.builder()
                    .setCancelAt(serviceNow().plus(Duration.ofDays(100)).getEpochSecond())
                    .build();
            callStripe(() -> stripeClient().subscriptions().update(subscription, end));
            return reader;
        }
    },
    GRACE {
        @Override
        public String createReader() {
            String reader = newAccountToken();
            TestPayments.setCardBehaviour(TestPayments.subscribe(reader), "DECLINES");
            advanceClock(Duration.ofDays(33));
            return reader;
        }
    },
    PAST_DUE {
        @Override
        public String createReader() {
            String reader = newAccountToken();
            createOverdue(reader);
            return reader;
        }
    },
    /** The grace period is over, and a bank debit for the open invoice is under way. */
    RETRY_IN_PROGRESS("PAST_DUE") {
        @Override
        public String createReader() {
            String reader = newAccountToken();
            TestPayments.setCardBehaviour(createOverdue(reader), "DELAYED");
            TestPayments.runDueWork();
            return reader;
        }
    },
    /** The provider sends invoices to the reader, and the first one is not paid. */
    FIRST_INVOICE_SENT("PENDING") {
        @Override
        public String createReader() {
            String reader = newAccountToken();
            create(monthly(reader)
                    .setCollectionMethod(SubscriptionCreateParams.CollectionMethod.SEND_INVOICE)
                    .setDaysUntilDue(14L));
            advanceClock(Duration.ofHours(2)); // the invoice is a draft for an hour
            return reader;
        }
    },
    DISPUTED("PAST_DUE") {
        @Override
        public String createReader() {
            String reader = newAccountToken();
            TestPayments.triggerOnSubscription(TestPayments.subscribe(reader), "dispute");
            return reader;
        }
    },
    /** The first invoice is about to be sent. */
    FIRST_INVOICE_DRAFTED("PENDING") {
        @Override
        public String createReader() {
            String reader = newAccountToken();
            create(monthly(reader)
                    .setCollectionMethod(SubscriptionCreateParams.CollectionMethod.SEND_INVOICE)
                    .setDaysUntilDue(14L));
            return reader;
        }
    },
    /** A trial at Stripe ended without a payment method. */
    PAUSED {
        @Override
        public String createReader() {
            String reader = newAccountToken();
            create(trialThatPauses(reader));
            advanceClock(Duration.ofDays(8));
            return reader;
        }
    },
    /** The invoice of the resumption is open, because the card was declined. */
    RESUMPTION_UNPAID("PAUSED") {
        @Override
        public String createReader() {
            String reader = newAccountToken();
            String subscription = create(trialThatPauses(reader));
            advanceClock(Duration.ofDays(8));
            TestPayments.setCardBehaviour(subscription, "DECLINES");
            withBearerToken(reader).post("/v1/me/subscription/resume").then().statusCode(409);
            return reader;
        }
    },
    CANCELING {
        @Override
        public String createReader() {
            String reader = ACTIVE.createReader();
            withBearerToken(reader)
                    .put("/v1/me/subscription/cancellation")
                    .then()
                    .statusCode(200);
            return reader;
        }
    },
    ENDED {
        @Override
        public String createReader() {
            String reader = CANCELING.createReader();
            advanceClock(Duration.ofDays(32));
            return reader;
        }
    },
    STAFF_GRANT("ACTIVE") {
        @Override
        public String createReader() {
            return TestGrants.newMemberToken();
        }
    },
    GIFT("ACTIVE") {
        @Override
        public String createReader() {
            String reader = newAccountToken();
            TestGrants.grant(reader, Map.of("plan", "membership", "basis", "GIFT"), Duration.ofDays(365))
                    .statusCode(201);
            return reader;
        }
    };

    private final String state;

    MembershipScenario() {
        this.state = name();
    }

    MembershipScenario(String state) {
        this.state = state;
    }

    /** Returns the membership state, as in {@code GET /v1/me/membership}. */
    public String state() {
        return state;
    }

    /** Creates a reader in this state, and returns the token. Restore the sandbox afterwards. */
    public abstract String createReader();

    /** Creates a subscription whose grace period is over, and returns its id. */
    private static String createOverdue(String reader) {
        TestPayments.sandboxControl("PUT", "/billing", Map.of("afterRetries", "PAST_DUE"));
        String subscription = TestPayments.subscribe(reader);
        TestPayments.setCardBehaviour(subscription, "DECLINES");
        advanceClock(Duration.ofDays(40));
        return subscription;
    }

    private static SubscriptionCreateParams.Builder trialThatPauses(String reader) {
        var pauses = EndBehavior.builder()
                .setMissingPaymentMethod(EndBehavior.MissingPaymentMethod.PAUSE)
                .build();
        return monthly(reader)
                .setTrialPeriodDays(7L)
                .setTrialSettings(TrialSettings.builder().setEndBehavior(pauses).build());
    }

    /** Returns the parameters of a monthly subscription for the reader's customer at Stripe. */
    private static SubscriptionCreateParams.Builder monthly(String reader) {
        TestPayments.startCheckout(reader);
        String account = withBearerToken(reader).get("/v1/me").path("id");
        String customer = callStripe(() -> stripeClient().customers().list().getData()).stream()
                .filter(it -> account.equals(it.getMetadata().get("gatefold_account")))
                .findFirst()
                .orElseThrow()
                .getId();
        String price = callStripe(() -> stripeClient()
                .prices()
                .list(PriceListParams.builder().addLookupKey("membership_month").build())
                .getData()
                .getFirst()
                .getId());
        return SubscriptionCreateParams.builder()
                .setCustomer(customer)
                .addItem(SubscriptionCreateParams.Item.builder().setPrice(price).build());
    }

    private static String create(SubscriptionCreateParams.Builder params) {
        return callStripe(() -> stripeClient().subscriptions().create(params.build()))
                .getId();
    }
}
