package dev.gatefold.subscriptions.change;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatefold.subscriptions.change.CancellationPlan.Timing;
import dev.gatefold.subscriptions.model.BillingPeriod;
import dev.gatefold.subscriptions.model.InvoiceSnapshot;
import dev.gatefold.subscriptions.model.InvoiceStatus;
import dev.gatefold.subscriptions.model.NextPayment;
import dev.gatefold.subscriptions.model.PaymentStatus;
import dev.gatefold.subscriptions.model.Subscription;
import dev.gatefold.subscriptions.model.SubscriptionSnapshot;
import dev.gatefold.subscriptions.model.SubscriptionStatus;
import dev.gatefold.subscriptions.model.SubscriptionTerms;
import dev.gatefold.subscriptions.model.SubscriptionTerms.CollectionMethod;
import dev.gatefold.subscriptions.model.TestSnapshots;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Compares cancellation plans with a table of statuses, terms and invoices. */
class CancellationPlanTest {
    private static final Instant START = Instant.parse("2026-11-01T09:00:00Z");
    private static final Map<String, String> BILLING_REASONS =
            Map.of("first", "subscription_create", "period", "subscription_cycle", "item", "manual");

    /** A row of the table. */
    record PlanRow(SubscriptionStatus status, List<String> facts, List<String> invoices, Timing timing, String voids) {
        private static PlanRow parse(String line) {
            String[] cells =
                    Arrays.stream(line.split("\\|", -1)).map(String::strip).toArray(String[]::new);
            return new PlanRow(
                    SubscriptionStatus.valueOf(cells[0]),
                    values(cells[1]),
                    values(cells[2]),
                    Timing.valueOf(cells[3]),
                    cells[4]);
        }

        private static List<String> values(String cell) {
            return cell.isEmpty() ? List.of() : List.of(cell.split(", "));
        }

        private boolean has(String fact) {
            return facts.contains(fact);
        }

        private Instant end() {
            return facts.stream()
                    .filter(fact -> fact.startsWith("ends="))
                    .map(fact -> day(Integer.parseInt(fact.substring("ends=".length()))))
                    .findFirst()
                    .orElse(null);
        }

        private Subscription subscription() {
            boolean unpaid = status == SubscriptionStatus.PAST_DUE || status == SubscriptionStatus.UNPAID;
            var terms = new SubscriptionTerms(
                    "cus_1",
                    has("sent") ? CollectionMethod.SEND_INVOICE : CollectionMethod.CHARGE_AUTOMATICALLY,
                    has("schedule") ? "sub_sched_1" : null,
                    null,
                    false,
                    end(),
                    List.of(),
                    List.of());
            var item = new SubscriptionSnapshot.SnapshotItem(
                    "membership", new BillingPeriod(BillingPeriod.Unit.MONTH, 1), null, START, day(30));
            return TestSnapshots.recorded(
                    new SubscriptionSnapshot(
                            "sub_1",
                            status,
                            List.of(item),
                            START,
                            null,
                            end(),
                            null,
                            unpaid ? START : null,
                            has("pending"),
                            !has("pending"),
                            null,
                            null,
                            terms,
                            List.of(),
                            NextPayment.UNKNOWN),
                    has("reversed"));
        }
    }

    static List<PlanRow> rows() throws IOException {
        try (InputStream table = CancellationPlanTest.class.getResourceAsStream("cancellation-plans.txt")) {
            return new String(Objects.requireNonNull(table).readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(PlanRow::parse)
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("rows")
    void planIsAsTheTableSays(PlanRow row) {
        List<InvoiceSnapshot> invoices = IntStream.range(0, row.invoices().size())
                .mapToObj(i -> invoice(i + 1, row.invoices().get(i)))
                .toList();

        CancellationPlan plan = CancellationPlan.of(row.subscription(), invoices);

        List<String> voided = row.voids().equals("-")
                ? List.of()
                : Stream.of(row.voids().split(" "))
                        .map(number -> "in_" + number)
                        .toList();
        assertThat(plan).isEqualTo(new CancellationPlan(row.timing(), voided));
        assertThat(plan.isEmpty()).isEqualTo(row.timing() == Timing.UNCHANGED && voided.isEmpty());
    }

    @Test
    void tableHasEveryStatus() throws IOException {
        assertThat(rows().stream().map(PlanRow::status).collect(Collectors.toSet()))
                .contains(SubscriptionStatus.values());
    }

    /** @param text such as {@code OPEN period PROCESSING} */
    private static InvoiceSnapshot invoice(int number, String text) {
        String[] words = text.split(" ");
        boolean idle = words[0].endsWith("-IDLE");
        InvoiceStatus status = InvoiceStatus.valueOf(words[0].replace("-IDLE", ""));
        boolean unpaid = status == InvoiceStatus.OPEN || status == InvoiceStatus.DRAFT;
        Instant from = day(30 - number * 30);
        return new InvoiceSnapshot(
                "in_" + number,
                status,
                BILLING_REASONS.get(words[1]),
                "usd",
                999,
                999,
                0,
                0,
                999,
                status == InvoiceStatus.PAID ? 999 : 0,
                unpaid ? 999 : 0,
                0,
                from,
                from.plus(Duration.ofDays(30)),
                from,
                null,
                null,
                unpaid && !idle,
                URI.create("https://invoice.example.com/in_" + number),
                words.length > 2 ? PaymentStatus.valueOf(words[2]) : null);
    }

    private static Instant day(int day) {
        return START.plus(Duration.ofDays(day));
    }
}
