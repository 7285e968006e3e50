package dev.gatefold.subscriptions.model;

import dev.gatefold.kernel.Money;
import dev.gatefold.subscriptions.model.SubscriptionSnapshot.SnapshotItem;
import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.annotations.ColumnTransformer;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;

/** Our copy of a subscription at a billing provider, in the state that the last recorded sync fetched. */
@Entity
@Table(name = "subscription")
@IdClass(SubscriptionKey.class)
public class Subscription {
    /** Billing providers count whole seconds. */
    public static final Duration ROUNDING = Duration.ofSeconds(1);

    @Id
    @Enumerated(EnumType.STRING)
    ProviderName provider;

    @Id
    String id;

    UUID accountId;

    @Enumerated(EnumType.STRING)
    SubscriptionStatus status;

    String plan;

    @Enumerated(EnumType.STRING)
    BillingPeriod.Unit billingInterval;

    int intervalCount = 1;

    Long amount;

    @JdbcTypeCode(SqlTypes.CHAR)
    String currency;

    Instant startedAt;
    Instant paidUntil;
    Instant trialUntil;
    Instant cancelsAt;
    Instant endedAt;
    Instant unpaidSince;
    boolean firstPaymentPending;
    boolean paidBefore;
    boolean paymentReversed;
    String customerId;

    @Convert(converter = SubscriptionTermsConverter.class)
    @Column(columnDefinition = "jsonb")
    @ColumnTransformer(write = "cast(? as jsonb)")
    SubscriptionTerms terms;

    @Embedded
    StoredNextPayment nextPayment;

    long syncNumber;
    boolean additional;

    /**
     * Replaces the state by a fetched one.
     *
     * @param paymentReversed whether access ended because the payment was refunded or disputed
     * @param additional whether the account has another live subscription, which came first
     * @param syncNumber number of the sync, drawn before the fetch
     */
    public void update(SubscriptionSnapshot snapshot, boolean paymentReversed, boolean additional, long syncNumber) {
        status = snapshot.status();
        // keeps the plan and price of the purchase if the provider has removed the item
        snapshot.mainItem().ifPresent(this::update);
        startedAt = snapshot.startedAt();
        trialUntil = snapshot.trialUntil();
        cancelsAt = snapshot.cancelsAt();
        endedAt = snapshot.endedAt();
        unpaidSince = snapshot.unpaidSince();
        firstPaymentPending = snapshot.firstPaymentPending();
        paidBefore |= snapshot.paidBefore();
        this.paymentReversed = paymentReversed;
        terms = snapshot.terms();
        customerId = snapshot.terms().customer();
        nextPayment = StoredNextPayment.of(snapshot.nextPayment());
        this.additional = additional;
        this.syncNumber = syncNumber;
    }

    private void update(SnapshotItem item) {
        plan = item.plan();
        billingInterval = item.period() == null ? null : item.period().unit();
        intervalCount = item.period() == null ? 1 : item.period().count();
        amount = item.price() == null ? null : item.price().amount();
        currency = item.price() == null ? null : item.price().currency();
        paidUntil = item.until();
    }

    /** Returns this subscription as a snapshot that ended at {@code at}, or earlier if it had already ended. */
    public SubscriptionSnapshot asEnded(Instant at) {
        List<SnapshotItem> items = plan == null
                ? List.of()
                : List.of(new SnapshotItem(plan, period(), price().orElse(null), startedAt, paidUntil));
        return new SubscriptionSnapshot(
                id,
                SubscriptionStatus.CANCELED,
                items,
                startedAt,
                trialUntil,
                null,
                endedAt == null ? at : endedAt,
                null,
                false,
                paidBefore,
                null,
                null,
                terms(),
                List.of(),
                NextPayment.nothingDue(at));
    }

    public ProviderName provider() {
        return provider;
    }

    /** Returns the id at the provider. */
    public String id() {
        return id;
    }

    public UUID account() {
        return accountId;
    }

    public SubscriptionStatus status() {
        return status;
    }

    /** Returns the plan of the item that lasts longest, or null if no item belongs to a known plan. */
    public String plan() {
        return plan;
    }

    /** Returns how often the subscription is charged, or null if the provider did not state it. */
    public BillingPeriod period() {
        return billingInterval == null ? null : new BillingPeriod(billingInterval, intervalCount);
    }

    /** Returns the price for one billing interval, or empty if the provider's price is not a plain amount. */
    public Optional<Money> price() {
        return Optional.ofNullable(amount).map(it -> new Money(it, currency));
    }

    public Instant startedAt() {
        return startedAt;
    }

    /** Returns the end of the current period, or null if the provider does not name it. */
    public Instant paidUntil() {
        return paidUntil;
    }

    /** Returns the end of the free trial, or null if there was none. */
    public Instant trialUntil() {
        return trialUntil;
    }

    /** Returns when a scheduled cancellation takes effect, or null if the subscription renews. */
    public Instant cancelsAt() {
        return cancelsAt;
    }

    /** Returns when the subscription ended, or null if it continues. */
    public Instant endedAt() {
        return endedAt;
    }

    /** Returns true if the first payment is still in progress, for example a bank debit. */
    public boolean isFirstPaymentPending() {
        return firstPaymentPending;
    }

    /** Returns true if a payment of money has succeeded. */
    public boolean isPaidBefore() {
        return paidBefore;
    }

    /** Returns true if access ended because the payment was refunded or disputed. */
    public boolean isPaymentReversed() {
        return paymentReversed;
    }

    /** Returns the id of the customer who holds the subscription, or null if it is not known. */
    public String customer() {
        return customerId;
    }

    /** Returns the terms that the provider stated last. */
    public SubscriptionTerms terms() {
        return terms == null ? SubscriptionTerms.UNKNOWN : terms;
    }

    /** Returns the next payment that the provider stated last. */
    public NextPayment nextPayment() {
        return nextPayment == null ? NextPayment.UNKNOWN : nextPayment.toNextPayment();
    }

    /** Returns the number of the sync that wrote this state. A later sync has a higher number. */
    public long syncNumber() {
        return syncNumber;
    }

    /** Returns true if the account had another live subscription when this one was recorded. */
    public boolean isAdditional() {
        return additional;
    }

    /** Returns true if the subscription is open and ends before another period is charged. */
    public boolean isCanceling() {
        return (status.isLive() || firstPaymentPending)
                && cancelsAt != null
                && (paidUntil == null || !cancelsAt.isAfter(paidUntil.plus(ROUNDING)));
    }
}
