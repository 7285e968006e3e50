package dev.gatefold.subscriptions.model;

import dev.gatefold.catalog.model.BillingInterval;
import dev.gatefold.kernel.Money;
import dev.gatefold.subscriptions.SubscriptionKey;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;

/** Our mirror of an agreement, as it was when it was last fetched. */
@Entity
@Table(name = "subscription")
@IdClass(SubscriptionKey.class)
public class Subscription {
    @Id
    String provider;

    @Id
    public String id;

    public UUID accountId;

    @Enumerated(EnumType.STRING)
    public SubscriptionStatus status;

    public String plan;

    @Enumerated(EnumType.STRING)
    @Column(name = "billing_interval")
    public BillingInterval interval;

    Long amount;

    @JdbcTypeCode(SqlTypes.CHAR)
    String currency;

    public Instant startedAt;
    public Instant paidUntil;
    public Instant trialUntil;

    @Column(name = "cancels_at")
    public Instant endsAt;

    public Instant endedAt;
    Instant unpaidSince;

    /** Grows with every fetch, and names one state of this row. */
    @Column(name = "sync_number")
    public long syncNumber;

    /** The account has another live one, which came first. */
    public boolean additional;

    /** Takes over what the agreement says now. */
    public void update(SubscriptionSnapshot agreement, boolean additional, long fetch) {
        Optional<SubscriptionSnapshot.SnapshotItem> item = agreement.mainItem();
        status = agreement.status();
        // what was bought is still worth knowing when it is no longer there
        item.ifPresent(it -> {
            plan = it.plan();
            interval = it.interval();
            amount = it.price() == null ? null : it.price().amount();
            currency = it.price() == null ? null : it.price().currency();
            paidUntil = it.until();
        });
        startedAt = agreement.startedAt();
        trialUntil = agreement.trialUntil();
        endsAt = agreement.cancelsAt();
        endedAt = agreement.endedAt();
        unpaidSince = agreement.unpaidSince();
        this.additional = additional;
        this.syncNumber = fetch;
    }

    /** What there would be to say of it if it had ended, at {@code at} unless it had before. */
    public SubscriptionSnapshot asEnded(Instant at) {
        List<SubscriptionSnapshot.SnapshotItem> items = plan == null
                ? List.of()
                : List.of(new SubscriptionSnapshot.SnapshotItem(
                        plan, interval, price().orElse(null), startedAt, paidUntil));
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
                null,
                null);
    }

    /** Returns the name of the billing provider that owns the subscription. */
    public String provider() {
        return provider;
    }

    public String id() {
        return id;
    }

    public UUID account() {
        return accountId;
    }

    public long syncNumber() {
        return syncNumber;
    }

    public boolean isCanceling() {
        return status.isLive() && endsAt != null;
    }

    public Optional<Money> price() {
        return Optional.ofNullable(amount).map(it -> new Money(it, currency));
    }
}
