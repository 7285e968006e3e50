package dev.gatefold.billing.stripe;

import com.stripe.model.Discount;
import com.stripe.model.Price;
import com.stripe.model.Subscription;
import com.stripe.model.SubscriptionItem;
import dev.gatefold.subscriptions.model.SubscriptionTerms;
import dev.gatefold.subscriptions.model.SubscriptionTerms.CollectionMethod;
import dev.gatefold.subscriptions.model.SubscriptionTerms.CollectionPause;
import dev.gatefold.subscriptions.model.SubscriptionTerms.SubscriptionDiscount;
import dev.gatefold.subscriptions.model.SubscriptionTerms.SubscriptionLine;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/** Translates what Stripe states about a subscription to {@link SubscriptionTerms}, without interpretation. */
final class TermsTranslation {
    private TermsTranslation() {}

    /** @param discounts of the subscription, with their coupons */
    static SubscriptionTerms terms(Subscription subscription, List<SubscriptionItem> items, List<Discount> discounts) {
        return new SubscriptionTerms(
                subscription.getCustomer(),
                "send_invoice".equals(subscription.getCollectionMethod())
                        ? CollectionMethod.SEND_INVOICE
                        : CollectionMethod.CHARGE_AUTOMATICALLY,
                subscription.getSchedule(),
                pause(subscription.getPauseCollection()),
                Boolean.TRUE.equals(subscription.getCancelAtPeriodEnd()),
                StripeTimes.instant(subscription.getCancelAt()),
                items.stream().map(TermsTranslation::line).toList(),
                discounts.stream().map(TermsTranslation::discount).toList());
    }

    private static CollectionPause pause(Subscription.PauseCollection pause) {
        return pause == null
                ? null
                : new CollectionPause(pause.getBehavior(), StripeTimes.instant(pause.getResumesAt()));
    }

    private static SubscriptionLine line(SubscriptionItem item) {
        Optional<Price> price = Optional.ofNullable(item.getPrice());
        Optional<Price.Recurring> recurring = price.map(Price::getRecurring);
        return new SubscriptionLine(
                item.getId(),
                price.map(Price::getId).orElse(null),
                price.map(Price::getProduct).orElse(null),
                price.map(TermsTranslation::unitAmount).orElse(null),
                price.map(Price::getCurrency).orElse(null),
                Optional.ofNullable(item.getQuantity()).orElse(1L),
                recurring.map(Price.Recurring::getInterval).orElse(null),
                recurring.map(Price.Recurring::getIntervalCount).orElse(1L),
                StripeTimes.instant(item.getCurrentPeriodStart()),
                StripeTimes.instant(item.getCurrentPeriodEnd()));
    }

    private static BigDecimal unitAmount(Price price) {
        return price.getUnitAmountDecimal() != null || price.getUnitAmount() == null
                ? price.getUnitAmountDecimal()
                : BigDecimal.valueOf(price.getUnitAmount());
    }

    private static SubscriptionDiscount discount(Discount discount) {
        var coupon = Optional.ofNullable(discount.getSource()).map(Discount.Source::getCouponObject);
        return new SubscriptionDiscount(
                discount.getId(),
                Optional.ofNullable(discount.getSource())
                        .map(Discount.Source::getCoupon)
                        .orElse(null),
                coupon.map(it -> it.getPercentOff()).orElse(null),
                coupon.map(it -> it.getAmountOff()).orElse(null),
                coupon.map(it -> it.getCurrency()).orElse(null),
                StripeTimes.instant(discount.getEnd()));
    }
}
