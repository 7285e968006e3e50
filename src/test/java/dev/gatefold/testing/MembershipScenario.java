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
            TestPayments.sandboxControl("PUT", "/billing", Map.of("afterRetries", "PAST_DUE"));
            String reader = GRACE.createReader();
            advanceClock(Duration.ofDays(7));
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
    /** A trial at Stripe ended without a payment method. */
    PAUSED {
        @Override
        public String createReader() {
            String reader = newAccountToken();
            createTrialThatPauses(reader);
            advanceClock(Duration.ofDays(8));
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

    private static void createTrialThatPauses(String reader) {
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
        var pauses = EndBehavior.builder()
                .setMissingPaymentMethod(EndBehavior.MissingPaymentMethod.PAUSE)
                .build();
        callStripe(() -> stripeClient()
                .subscriptions()
                .create(SubscriptionCreateParams.builder()
                        .setCustomer(customer)
                        .addItem(SubscriptionCreateParams.Item.builder()
                                .setPrice(price)
                                .build())
                        .setTrialPeriodDays(7L)
                        .setTrialSettings(
                                TrialSettings.builder().setEndBehavior(pauses).build())
                        .build()));
    }
}
