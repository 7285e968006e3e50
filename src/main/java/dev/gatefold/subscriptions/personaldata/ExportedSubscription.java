package dev.gatefold.subscriptions.personaldata;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.gatefold.subscriptions.membership.SubscriptionSummary;
import dev.gatefold.subscriptions.model.NextPayment;
import dev.gatefold.subscriptions.model.Subscription;
import dev.gatefold.subscriptions.model.SubscriptionTerms;
import dev.gatefold.subscriptions.model.SubscriptionTerms.CollectionMethod;
import dev.gatefold.subscriptions.model.SubscriptionTerms.CollectionPause;
import dev.gatefold.subscriptions.model.SubscriptionTerms.SubscriptionDiscount;
import dev.gatefold.subscriptions.model.SubscriptionTerms.SubscriptionLine;
import java.time.Instant;
import java.util.List;

/**
 * A subscription in the export, with the terms that the billing provider states.
 *
 * @param id id at the provider
 * @param summary its members are members of the subscription
 * @param schedule absent if no schedule manages the subscription
 * @param pause absent unless the collection of payments is paused
 * @param cancelAt when the subscription ends by a fixed date; absent if there is none
 * @param items amounts are in the minor unit of the currency
 * @param nextPayment absent if none is known
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record ExportedSubscription(
        String id,
        @JsonUnwrapped SubscriptionSummary summary,
        String customer,
        CollectionMethod collectionMethod,
        String schedule,
        CollectionPause pause,
        boolean cancelAtPeriodEnd,
        Instant cancelAt,
        List<SubscriptionLine> items,
        List<SubscriptionDiscount> discounts,
        NextPayment nextPayment) {
    static ExportedSubscription of(Subscription subscription) {
        SubscriptionTerms terms = subscription.terms();
        return new ExportedSubscription(
                subscription.id(),
                SubscriptionSummary.of(subscription),
                subscription.customer(),
                terms.collection(),
                terms.schedule(),
                terms.pause(),
                terms.cancelsAtPeriodEnd(),
                terms.cancelAt(),
                terms.lines(),
                terms.discounts(),
                subscription.nextPayment());
    }
}
