package dev.gatefold.subscriptions.membership;

import dev.gatefold.catalog.model.BillingInterval;
import dev.gatefold.entitlements.Entitlement;
import dev.gatefold.entitlements.EntitlementBasis;
import dev.gatefold.entitlements.Standing;
import dev.gatefold.kernel.Money;
import dev.gatefold.kernel.Term;
import dev.gatefold.subscriptions.model.BilledSubscription;
import dev.gatefold.subscriptions.model.BillingPeriod;
import dev.gatefold.subscriptions.model.InvoiceSnapshot;
import dev.gatefold.subscriptions.model.InvoiceStatus;
import dev.gatefold.subscriptions.model.NextPayment;
import dev.gatefold.subscriptions.model.PaymentStatus;
import dev.gatefold.subscriptions.model.Subscription;
import dev.gatefold.subscriptions.model.SubscriptionSnapshot;
import dev.gatefold.subscriptions.model.SubscriptionSnapshot.SnapshotItem;
import dev.gatefold.subscriptions.model.SubscriptionStatus;
import dev.gatefold.subscriptions.model.SubscriptionTerms;
import dev.gatefold.subscriptions.model.TestSnapshots;
import dev.gatefold.subscriptions.policy.BillingStatuses;
import dev.gatefold.subscriptions.policy.Entitling;
import dev.gatefold.subscriptions.policy.MembershipConfig;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Memberships from facts that a table states, such as {@code now=40 status=ACTIVE paid=44 next=999@44}. Days are counted
 * from {@link #START}.
 */
public final class TestMemberships {
    public static final Instant START = Instant.parse("2026-11-01T09:00:00Z");

    private static final String PLAN = "membership";

    /** A grace period of 7 days and a renewal leeway of 1 day. */
    private static final MembershipConfig POLICY = new MembershipConfig() {
        @Override
        public Duration grace() {
            return Duration.ofDays(7);
        }

        @Override
        public Duration renewalLeeway() {
            return Duration.ofDays(1);
        }

        @Override
        public PendingPaymentPolicy pendingPayment() {
            return PendingPaymentPolicy.DENY;
        }

        @Override
        public ReversalPolicy refund() {
            return ReversalPolicy.KEEP;
        }

        @Override
        public ReversalPolicy dispute() {
            return ReversalPolicy.END;
        }
    };

    private final Map<String, String> facts;

    private TestMemberships(String facts) {
        this.facts = Arrays.stream(facts.strip().split("\\s+"))
                .map(fact -> fact.split("=", 2))
                .collect(Collectors.toMap(fact -> fact[0], fact -> fact.length > 1 ? fact[1] : ""));
    }

    /** Returns the membership that follows from the facts. */
    public static Membership of(String facts) {
        return new TestMemberships(facts).membership();
    }

    private Membership membership() {
        Instant now = day("now");
        List<Entitlement> entitlements = new ArrayList<>();
        List<BilledSubscription> billed = new ArrayList<>();
        if (facts.containsKey("status")) {
            SubscriptionSnapshot snapshot = snapshot(now);
            Entitling entitling = new Entitling(POLICY);
            entitlements.addAll(entitling.entitlements(snapshot));
            Subscription subscription = TestSnapshots.recorded(snapshot, entitling.isReversed(snapshot));
            billed.add(new BilledSubscription(subscription, snapshot.invoices()));
        }
        grant().ifPresent(entitlements::add);
        Standing standing = new Standing(Optional.of(new UUID(0, 1)), 1, entitlements, now, false);
        return Membership.of(standing.withBilling(BillingStatuses.of(billed)), billed, true, now);
    }

    private Optional<Entitlement> grant() {
        return Optional.ofNullable(facts.get("grant")).map(grant -> {
            String[] parts = grant.split(":");
            Optional<Instant> until =
                    parts.length > 1 ? Optional.of(day(Integer.parseInt(parts[1]))) : Optional.empty();
            String origin = parts[0].equals("TRIAL") ? "trial" : "grant";
            return Entitlement.forPlan(EntitlementBasis.valueOf(parts[0]), origin, PLAN, new Term(START, until));
        });
    }

    private SubscriptionSnapshot snapshot(Instant now) {
        SubscriptionStatus status = SubscriptionStatus.valueOf(facts.get("status"));
        var item = new SnapshotItem(
                PLAN, BillingPeriod.of(BillingInterval.MONTH), new Money(999, "usd"), START, day("paid"));
        return new SubscriptionSnapshot(
                "sub_1",
                status,
                List.of(item),
                START,
                day("trial"),
                day("ends"),
                day("ended"),
                day("unpaid"),
                facts.containsKey("pending"),
                facts.containsKey("paidBefore"),
                null,
                day("disputed"),
                SubscriptionTerms.UNKNOWN,
                Stream.of("open", "older")
                        .filter(facts::containsKey)
                        .map(name -> openInvoice(name, facts.get(name)))
                        .toList(),
                nextPayment(now));
    }

    private NextPayment nextPayment(Instant now) {
        String next = facts.getOrDefault("next", "unknown");
        return switch (next) {
            case "unknown" -> NextPayment.UNKNOWN;
            case "nothing" -> NextPayment.nothingDue(now);
            default -> {
                String[] parts = next.split("@");
                yield NextPayment.expected(
                        new Money(Long.parseLong(parts[0]), "usd"), day(Integer.parseInt(parts[1])), now);
            }
        };
    }

    private static InvoiceSnapshot openInvoice(String name, String open) {
        String[] parts = open.split("[@:]");
        long amount = Long.parseLong(parts[0]);
        Instant from = day(Integer.parseInt(parts[1]));
        return new InvoiceSnapshot(
                "in_" + name,
                InvoiceStatus.OPEN,
                "subscription_cycle",
                "usd",
                amount,
                amount,
                0,
                0,
                amount,
                0,
                amount,
                0,
                from,
                from.plus(Duration.ofDays(30)),
                from,
                null,
                null,
                true,
                URI.create("https://invoice.example.com/in_" + name),
                PaymentStatus.valueOf(parts.length > 2 ? parts[2] : "PAYMENT_METHOD_REQUIRED"));
    }

    private Instant day(String fact) {
        return Optional.ofNullable(facts.get(fact))
                .map(Integer::parseInt)
                .map(TestMemberships::day)
                .orElse(null);
    }

    private static Instant day(int day) {
        return START.plus(Duration.ofDays(day));
    }
}
