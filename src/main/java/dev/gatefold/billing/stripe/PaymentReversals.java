package dev.gatefold.billing.stripe;

import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.List;
import org.hibernate.Session;

/** The charges that were given back or are disputed, each recorded whole from one fetch. */
@Singleton
public class PaymentReversals {
    private static final String RECORD = """
            insert into payment_reversal as r
              (charge_id, subscription_id, invoice_id, refunded_at, disputed_at, sync_number)
            values (:charge, :subscription, :invoice, cast(:refundedAt as timestamptz), cast(:disputedAt as timestamptz), :fetch)
            on conflict (charge_id) do update set
              refunded_at = case when excluded.refunded_at is null then null
                                 else least(r.refunded_at, excluded.refunded_at) end,
              disputed_at = excluded.disputed_at, sync_number = excluded.sync_number
            where r.sync_number < excluded.sync_number
            """;

    private final Session database;

    PaymentReversals(Session database) {
        this.database = database;
    }

    @Transactional
    void record(String charge, String subscription, String invoice, PaymentReversal contest, long fetch) {
        database.createNativeMutationQuery(RECORD)
                .setParameter("charge", charge)
                .setParameter("subscription", subscription)
                .setParameter("invoice", invoice)
                .setParameter("refundedAt", contest.refundedAt())
                .setParameter("disputedAt", contest.disputedAt())
                .setParameter("fetch", fetch)
                .executeUpdate();
    }

    /** Whether a charge is disputed, as far as we know. */
    @Transactional
    public boolean isDisputed(String charge) {
        return database.createNativeQuery(
                                "select count(*) from payment_reversal where charge_id = :charge and disputed_at is not null",
                                Long.class)
                        .setParameter("charge", charge)
                        .getSingleResult()
                == 1;
    }

    /** What became of what an invoice was paid with. */
    @Transactional
    PaymentReversal forInvoice(String invoice) {
        if (invoice == null) {
            return PaymentReversal.NONE;
        }
        List<Object[]> rows = database.createNativeQuery("""
                        select min(refunded_at) as refunded_at, min(disputed_at) as disputed_at
                        from payment_reversal where invoice_id = :invoice
                        """, Object[].class)
                .setParameter("invoice", invoice)
                .getResultList();
        return new PaymentReversal((Instant) rows.getFirst()[0], (Instant) rows.getFirst()[1]);
    }
}
