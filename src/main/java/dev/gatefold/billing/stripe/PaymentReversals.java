package dev.gatefold.billing.stripe;

import jakarta.inject.Singleton;
import jakarta.persistence.Tuple;
import jakarta.transaction.Transactional;
import java.util.Map;
import java.util.stream.Collectors;
import org.hibernate.Session;

/** Repository of refunded and disputed charges. Each row is replaced by a later fetch. */
@Singleton
class PaymentReversals {
    private static final String RECORD = """
            insert into payment_reversal as r
              (charge_id, subscription_id, invoice_id, refunded_at, disputed_at, amount_refunded, sync_number)
            values (:charge, :subscription, :invoice, cast(:refundedAt as timestamptz), cast(:disputedAt as timestamptz),
                    :refunded, :syncNumber)
            on conflict (charge_id) do update set
              refunded_at = case when excluded.refunded_at is null then null
                                 else least(r.refunded_at, excluded.refunded_at) end,
              disputed_at = excluded.disputed_at, amount_refunded = excluded.amount_refunded,
              sync_number = excluded.sync_number
            where r.sync_number < excluded.sync_number
            """;

    private final Session database;

    PaymentReversals(Session database) {
        this.database = database;
    }

    /**
     * Records a charge, unless a later fetch has been recorded.
     *
     * @param refunded sum of the refunds, in the minor unit of the charge's currency
     * @param syncNumber drawn before the charge was fetched
     */
    @Transactional
    void record(
            String charge,
            String subscription,
            String invoice,
            PaymentReversal reversal,
            long refunded,
            long syncNumber) {
        database.createNativeMutationQuery(RECORD)
                .setParameter("charge", charge)
                .setParameter("subscription", subscription)
                .setParameter("invoice", invoice)
                .setParameter("refundedAt", reversal.refundedAt())
                .setParameter("disputedAt", reversal.disputedAt())
                .setParameter("refunded", refunded)
                .setParameter("syncNumber", syncNumber)
                .executeUpdate();
    }

    /** Returns what was refunded of each invoice of a subscription, by the id of the invoice. */
    @Transactional
    Map<String, Long> refundsOf(String subscription) {
        return database.createNativeQuery("""
                        select invoice_id, cast(sum(amount_refunded) as bigint) as refunded
                        from payment_reversal where subscription_id = :subscription group by invoice_id
                        """, Tuple.class)
                .setParameter("subscription", subscription)
                .getResultStream()
                .collect(Collectors.toMap(
                        row -> row.get("invoice_id", String.class), row -> row.get("refunded", Long.class)));
    }

    /** Returns true if the charge is recorded with an open or lost dispute. */
    @Transactional
    boolean isDisputed(String charge) {
        return database.createNativeQuery("""
                        select exists (select from payment_reversal where charge_id = :charge and disputed_at is not null)
                        """, Boolean.class)
                .setParameter("charge", charge)
                .getSingleResult();
    }

    /** Returns the reversal of an invoice's payments, with the earliest times of its charges. The invoice may be null. */
    @Transactional
    PaymentReversal forInvoice(String invoice) {
        if (invoice == null) {
            return PaymentReversal.NONE;
        }
        return PaymentReversal.of(database.createNativeQuery("""
                        select min(refunded_at) as refunded_at, min(disputed_at) as disputed_at
                        from payment_reversal where invoice_id = :invoice
                        """, Tuple.class)
                .setParameter("invoice", invoice)
                .getSingleResult());
    }
}
