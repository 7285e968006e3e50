package dev.gatefold.subscriptions.model;

import dev.gatefold.kernel.Money;
import dev.gatefold.subscriptions.model.NextPayment.NextPaymentStatus;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import java.time.Instant;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;

/** The columns of a {@link NextPayment} in the table {@code subscription}. */
@Embeddable
class StoredNextPayment {
    @Enumerated(EnumType.STRING)
    NextPaymentStatus nextPaymentStatus;

    Long nextPaymentAmount;

    @JdbcTypeCode(SqlTypes.CHAR)
    String nextPaymentCurrency;

    Instant nextPaymentDueAt;
    Instant nextPaymentCheckedAt;

    static StoredNextPayment of(NextPayment next) {
        StoredNextPayment stored = new StoredNextPayment();
        stored.nextPaymentStatus = next.status();
        stored.nextPaymentAmount = next.amount() == null ? null : next.amount().amount();
        stored.nextPaymentCurrency =
                next.amount() == null ? null : next.amount().currency();
        stored.nextPaymentDueAt = next.dueAt();
        stored.nextPaymentCheckedAt = next.checkedAt();
        return stored;
    }

    NextPayment toNextPayment() {
        return new NextPayment(
                nextPaymentStatus,
                nextPaymentAmount == null ? null : new Money(nextPaymentAmount, nextPaymentCurrency),
                nextPaymentDueAt,
                nextPaymentCheckedAt);
    }
}
