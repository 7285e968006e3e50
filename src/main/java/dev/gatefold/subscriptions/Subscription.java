package dev.gatefold.subscriptions;

import dev.gatefold.catalog.Interval;
import dev.gatefold.kernel.Money;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
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
public class Subscription {
    @Id
    String id;

    UUID accountId;

    @Enumerated(EnumType.STRING)
    Status status;

    String plan;

    @Enumerated(EnumType.STRING)
    @Column(name = "\"interval\"")
    Interval interval;

    Long amount;

    @JdbcTypeCode(SqlTypes.CHAR)
    String currency;

    Instant startedAt;
    Instant paidUntil;
    Instant trialUntil;
    Instant endsAt;
    Instant endedAt;
    Instant unpaidSince;

    /** Grows with every fetch, and names one state of this row. */
    @Column(name = "fetch_number")
    long fetch;

    /** The account has another live one, which came first. */
    boolean additional;

    /** Takes over what the agreement says now. */
    void mirror(Agreement agreement, boolean additional, long fetch) {
        Optional<Agreement.Item> item = agreement.mainItem();
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
        endsAt = agreement.endsAt();
        endedAt = agreement.endedAt();
        unpaidSince = agreement.unpaidSince();
        this.additional = additional;
        this.fetch = fetch;
    }

    /** What there would be to say of it if it had ended, at {@code at} unless it had before. */
    Agreement endedBy(Instant at) {
        List<Agreement.Item> items = plan == null
                ? List.of()
                : List.of(new Agreement.Item(plan, interval, price().orElse(null), startedAt, paidUntil));
        return new Agreement(
                id,
                Status.CANCELED,
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

    public String id() {
        return id;
    }

    public UUID account() {
        return accountId;
    }

    public long fetch() {
        return fetch;
    }

    boolean isEnding() {
        return status.isLive() && endsAt != null;
    }

    Optional<Money> price() {
        return Optional.ofNullable(amount).map(it -> new Money(it, currency));
    }
}
