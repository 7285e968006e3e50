package dev.gatefold.subscriptions.model;

import jakarta.inject.Singleton;
import jakarta.persistence.Tuple;
import jakarta.transaction.Transactional;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.Session;

/** Repository of the recorded invoices of subscriptions. Invoices are never deleted: statements need them. */
@Singleton
public class Invoices {
    private static final String RECORD = """
            insert into subscription_invoice (provider, id, subscription_id, account_id, status, billing_reason, currency,
              total, net, tax, discount, amount_due, amount_paid, amount_remaining, amount_refunded, period_start, period_end,
              created_at, paid_at, next_attempt_at, collected, hosted_url, payment_status)
            values (:provider, :id, :subscription, :account, :status, :reason, :currency, :total, :net, :tax, :discount, :due,
              :paid, :remaining, :refunded, cast(:periodStart as timestamptz), cast(:periodEnd as timestamptz), :createdAt,
              cast(:paidAt as timestamptz), cast(:nextAttemptAt as timestamptz), :collected, cast(:hostedUrl as text),
              cast(:payment as text))
            on conflict (provider, id) do update set
              status = excluded.status, total = excluded.total, net = excluded.net, tax = excluded.tax,
              discount = excluded.discount, amount_due = excluded.amount_due, amount_paid = excluded.amount_paid,
              amount_remaining = excluded.amount_remaining, amount_refunded = excluded.amount_refunded,
              period_start = excluded.period_start, period_end = excluded.period_end, paid_at = excluded.paid_at,
              next_attempt_at = excluded.next_attempt_at, collected = excluded.collected, hosted_url = excluded.hosted_url,
              payment_status = excluded.payment_status
            """;

    private final Session database;

    Invoices(Session database) {
        this.database = database;
    }

    /** Stores the invoices of a subscription, or replaces their state. Other invoices of the subscription remain. */
    @Transactional
    public void record(SubscriptionKey subscription, UUID account, List<InvoiceSnapshot> invoices) {
        for (InvoiceSnapshot invoice : invoices) {
            database.createNativeMutationQuery(RECORD)
                    .setParameter("provider", subscription.provider().name())
                    .setParameter("id", invoice.id())
                    .setParameter("subscription", subscription.id())
                    .setParameter("account", account)
                    .setParameter("status", invoice.status().name())
                    .setParameter("reason", invoice.billingReason())
                    .setParameter("currency", invoice.currency())
                    .setParameter("total", invoice.total())
                    .setParameter("net", invoice.net())
                    .setParameter("tax", invoice.tax())
                    .setParameter("discount", invoice.discount())
                    .setParameter("due", invoice.due())
                    .setParameter("paid", invoice.paid())
                    .setParameter("remaining", invoice.remaining())
                    .setParameter("refunded", invoice.refunded())
                    .setParameter("periodStart", invoice.periodStart())
                    .setParameter("periodEnd", invoice.periodEnd())
                    .setParameter("createdAt", invoice.createdAt())
                    .setParameter("paidAt", invoice.paidAt())
                    .setParameter("nextAttemptAt", invoice.nextAttemptAt())
                    .setParameter("collected", invoice.collected())
                    .setParameter(
                            "hostedUrl",
                            Optional.ofNullable(invoice.hostedPage())
                                    .map(URI::toString)
                                    .orElse(null))
                    .setParameter(
                            "payment",
                            Optional.ofNullable(invoice.payment())
                                    .map(Enum::name)
                                    .orElse(null))
                    .executeUpdate();
        }
    }

    /** Returns true if invoices of the subscription were recorded, so that only the newest must be fetched. */
    @Transactional
    public boolean existFor(SubscriptionKey subscription) {
        return database.createNativeQuery("""
                        select exists (select from subscription_invoice
                                       where provider = :provider and subscription_id = :subscription)
                        """, Boolean.class)
                .setParameter("provider", subscription.provider().name())
                .setParameter("subscription", subscription.id())
                .getSingleResult();
    }

    /** Returns all invoices of an account's subscription, newest first. */
    @Transactional
    public List<InvoiceSnapshot> ofSubscription(SubscriptionKey subscription) {
        return database.createNativeQuery("""
                        select * from subscription_invoice
                        where provider = :provider and subscription_id = :subscription
                        order by created_at desc, id desc
                        """, Tuple.class)
                .setParameter("provider", subscription.provider().name())
                .setParameter("subscription", subscription.id())
                .getResultStream()
                .map(Invoices::toInvoice)
                .toList();
    }

    /** Removes the links to the hosted pages of an account's invoices, which show name and address. */
    @Transactional
    public void removePagesOf(UUID account) {
        database.createNativeMutationQuery(
                        "update subscription_invoice set hosted_url = null where account_id = :account")
                .setParameter("account", account)
                .executeUpdate();
    }

    private static InvoiceSnapshot toInvoice(Tuple row) {
        String hostedUrl = row.get("hosted_url", String.class);
        String payment = row.get("payment_status", String.class);
        return new InvoiceSnapshot(
                row.get("id", String.class),
                InvoiceStatus.valueOf(row.get("status", String.class)),
                row.get("billing_reason", String.class),
                String.valueOf(row.get("currency")),
                row.get("total", Long.class),
                row.get("net", Long.class),
                row.get("tax", Long.class),
                row.get("discount", Long.class),
                row.get("amount_due", Long.class),
                row.get("amount_paid", Long.class),
                row.get("amount_remaining", Long.class),
                row.get("amount_refunded", Long.class),
                row.get("period_start", Instant.class),
                row.get("period_end", Instant.class),
                row.get("created_at", Instant.class),
                row.get("paid_at", Instant.class),
                row.get("next_attempt_at", Instant.class),
                row.get("collected", Boolean.class),
                hostedUrl == null ? null : URI.create(hostedUrl),
                payment == null ? null : PaymentStatus.valueOf(payment));
    }
}
