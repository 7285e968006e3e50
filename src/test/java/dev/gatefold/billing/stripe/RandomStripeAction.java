package dev.gatefold.billing.stripe;

import static dev.gatefold.testing.TestCallers.serviceNow;
import static dev.gatefold.testing.TestCallers.withBearerToken;
import static dev.gatefold.testing.TestPayments.setCardBehaviour;
import static dev.gatefold.testing.TestPayments.stripeClient;

import com.stripe.exception.InvalidRequestException;
import com.stripe.exception.StripeException;
import com.stripe.model.Customer;
import com.stripe.model.Price;
import com.stripe.model.Subscription;
import com.stripe.param.CouponCreateParams;
import com.stripe.param.CustomerCreateParams;
import com.stripe.param.PriceCreateParams;
import com.stripe.param.SubscriptionCreateParams;
import com.stripe.param.SubscriptionScheduleCreateParams;
import com.stripe.param.SubscriptionUpdateParams;
import com.stripe.param.SubscriptionUpdateParams.PauseCollection;
import com.stripe.param.SubscriptionUpdateParams.ProrationBehavior;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;

/** Something that happens to a live subscription: by the reader, by the bank, or in Stripe's dashboard. */
enum RandomStripeAction {
    READS(false) {
        @Override
        void perform(Scene scene) {}
    },
    CANCELS(true) {
        @Override
        void perform(Scene scene) {
            withBearerToken(scene.reader).put("/v1/me/subscription/cancellation");
        }
    },
    UNDOES_CANCELLATION(true) {
        @Override
        void perform(Scene scene) {
            withBearerToken(scene.reader).delete("/v1/me/subscription/cancellation");
        }
    },
    CARD_DECLINES(false) {
        @Override
        void perform(Scene scene) {
            setCardBehaviour(scene.subscription.getId(), "DECLINES");
        }
    },
    CARD_IS_GOOD(false) {
        @Override
        void perform(Scene scene) {
            setCardBehaviour(scene.subscription.getId(), "GOOD");
        }
    },
    PAYS_BY_DEBIT(false) {
        @Override
        void perform(Scene scene) {
            setCardBehaviour(scene.subscription.getId(), "DELAYED");
        }
    },
    IS_ENDED_AT_ONCE(true) {
        @Override
        void perform(Scene scene) throws StripeException {
            stripeClient().subscriptions().cancel(scene.subscription.getId());
        }
    },
    IS_ENDED_LATER(true) {
        @Override
        void perform(Scene scene) throws StripeException {
            Duration wait = Duration.ofDays(1 + scene.random.nextInt(100));
            scene.update(SubscriptionUpdateParams.builder()
                    .setCancelAt(serviceNow().plus(wait).getEpochSecond()));
        }
    },
    GETS_DISCOUNT(true) {
        @Override
        void perform(Scene scene) throws StripeException {
            CouponCreateParams coupon = CouponCreateParams.builder()
                    .setPercentOff(BigDecimal.valueOf(List.of(10, 33, 100).get(scene.random.nextInt(3))))
                    .setDuration(
                            scene.random.nextBoolean()
                                    ? CouponCreateParams.Duration.ONCE
                                    : CouponCreateParams.Duration.FOREVER)
                    .build();
            String id = stripeClient().coupons().create(coupon).getId();
            scene.update(SubscriptionUpdateParams.builder()
                    .addDiscount(SubscriptionUpdateParams.Discount.builder()
                            .setCoupon(id)
                            .build()));
        }
    },
    /** The new price has no lookup key, as prices made in the dashboard. */
    GETS_SPECIAL_PRICE(true) {
        @Override
        void perform(Scene scene) throws StripeException {
            Price price = stripeClient()
                    .prices()
                    .create(PriceCreateParams.builder()
                            .setProduct(scene.price().getProduct())
                            .setCurrency("usd")
                            .setUnitAmount(100L + scene.random.nextInt(2000))
                            .setRecurring(PriceCreateParams.Recurring.builder()
                                    .setInterval(PriceCreateParams.Recurring.Interval.MONTH)
                                    .build())
                            .build());
            scene.updateItem(SubscriptionUpdateParams.Item.builder().setPrice(price.getId()));
        }
    },
    CHANGES_QUANTITY(true) {
        @Override
        void perform(Scene scene) throws StripeException {
            scene.updateItem(SubscriptionUpdateParams.Item.builder().setQuantity(1L + scene.random.nextInt(3)));
        }
    },
    COLLECTION_IS_PAUSED(true) {
        @Override
        void perform(Scene scene) throws StripeException {
            scene.update(SubscriptionUpdateParams.builder()
                    .setPauseCollection(PauseCollection.builder()
                            .setBehavior(PauseCollection.Behavior.VOID)
                            .build()));
        }
    },
    COLLECTION_CONTINUES(true) {
        @Override
        void perform(Scene scene) throws StripeException {
            scene.update(
                    SubscriptionUpdateParams.builder().setPauseCollection(com.stripe.param.common.EmptyParam.EMPTY));
        }
    },
    BILL_IS_PUT_OFF(true) {
        @Override
        void perform(Scene scene) throws StripeException {
            Duration wait = Duration.ofDays(1 + scene.random.nextInt(40));
            scene.update(SubscriptionUpdateParams.builder()
                    .setTrialEnd(serviceNow().plus(wait).getEpochSecond())
                    .setProrationBehavior(ProrationBehavior.NONE));
        }
    },
    IS_SCHEDULED(true) {
        @Override
        void perform(Scene scene) throws StripeException {
            stripeClient()
                    .subscriptionSchedules()
                    .create(SubscriptionScheduleCreateParams.builder()
                            .setFromSubscription(scene.subscription.getId())
                            .build());
        }
    },
    SECOND_CUSTOMER_SUBSCRIBES(true) {
        @Override
        void perform(Scene scene) throws StripeException {
            Customer customer = stripeClient()
                    .customers()
                    .create(CustomerCreateParams.builder()
                            .setPaymentMethod("pm_card_visa")
                            .setInvoiceSettings(CustomerCreateParams.InvoiceSettings.builder()
                                    .setDefaultPaymentMethod("pm_card_visa")
                                    .build())
                            .putMetadata("gatefold_account", scene.account)
                            .build());
            stripeClient()
                    .subscriptions()
                    .create(SubscriptionCreateParams.builder()
                            .setCustomer(customer.getId())
                            .addItem(SubscriptionCreateParams.Item.builder()
                                    .setPrice(scene.price().getId())
                                    .build())
                            .putMetadata("gatefold_account", scene.account)
                            .build());
        }
    };

    /**
     * What an action concerns.
     *
     * @param reader bearer token
     * @param subscription a live subscription of the reader
     */
    record Scene(String reader, String account, Subscription subscription, SplittableRandom random) {
        private Price price() {
            return subscription.getItems().getData().getFirst().getPrice();
        }

        private void update(SubscriptionUpdateParams.Builder change) throws StripeException {
            stripeClient().subscriptions().update(subscription.getId(), change.build());
        }

        private void updateItem(SubscriptionUpdateParams.Item.Builder change) throws StripeException {
            String item = subscription.getItems().getData().getFirst().getId();
            update(SubscriptionUpdateParams.builder()
                    .addItem(change.setId(item).build())
                    .setProrationBehavior(ProrationBehavior.NONE));
        }
    }

    /** Whether what is announced to the reader may change with the action. */
    final boolean changesPayments;

    RandomStripeAction(boolean changesPayments) {
        this.changesPayments = changesPayments;
    }

    abstract void perform(Scene scene) throws StripeException;

    /** Performs the action. Returns what happened: Stripe may refuse what makes no sense for the subscription. */
    String perform(String reader, String account, Subscription subscription, SplittableRandom random) {
        try {
            perform(new Scene(reader, account, subscription, random));
            return name() + " " + subscription.getId();
        } catch (InvalidRequestException e) {
            return name() + " is refused: " + e.getMessage();
        } catch (StripeException e) {
            throw new AssertionError(e);
        }
    }
}
