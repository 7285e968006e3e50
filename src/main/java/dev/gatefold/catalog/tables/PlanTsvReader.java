package dev.gatefold.catalog.tables;

import static com.google.common.base.Preconditions.checkArgument;

import dev.gatefold.catalog.model.BillingInterval;
import dev.gatefold.catalog.model.Plan;
import dev.gatefold.catalog.model.PlanPrice;
import dev.gatefold.catalog.tables.TsvTable.TsvRow;
import dev.gatefold.kernel.Money;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The table of the plans and their prices, one plan a line. */
final class PlanTsvReader {
    static final List<String> REQUIRED = List.of("slug", "name", "trial_days", "covers");
    static final List<String> OPTIONAL = List.of("monthly", "yearly");

    private static final String ALL = "*";
    private static final int LONGEST_TRIAL = 365;

    private final Predicate<String> isSource;
    private final Set<String> slugs = new HashSet<>();

    private PlanTsvReader(Predicate<String> isSource) {
        this.isSource = isSource;
    }

    static List<Plan> read(byte[] file, Predicate<String> isSource) {
        TsvTable table = TsvTable.read(file, REQUIRED, OPTIONAL);
        PlanTsvReader reader = new PlanTsvReader(isSource);
        List<Plan> plans = table.rows().stream()
                .map(reader::plan)
                .flatMap(Optional::stream)
                .toList();
        table.throwIfInvalid();
        return plans;
    }

    private Optional<Plan> plan(TsvRow row) {
        var slug = row.required("slug", TsvCellParsers::slug);
        var name = row.required("name", TsvCellParsers::name);
        var trialDays = row.required("trial_days", PlanTsvReader::trialDays);
        // null stands for all; a cell that says so is there, though it names none
        var covers = row.required("covers", cell -> Optional.ofNullable(covers(cell)));
        var prices = Stream.of(
                        row.optional("monthly", cell -> new PlanPrice(BillingInterval.MONTH, money(cell))),
                        row.optional("yearly", cell -> new PlanPrice(BillingInterval.YEAR, money(cell))))
                .flatMap(Optional::stream)
                .toList();
        slug.filter(it -> !slugs.add(it)).ifPresent(it -> row.addError("slug", "\"" + it + "\" stands twice"));
        if (row.text("monthly").isEmpty() && row.text("yearly").isEmpty()) {
            row.addError("monthly", "is empty, and so is yearly: a plan has a price");
        }
        if (slug.isEmpty() || name.isEmpty() || trialDays.isEmpty() || covers.isEmpty() || prices.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                new Plan(slug.get(), name.get(), trialDays.get(), covers.get().orElse(null), prices));
    }

    private static int trialDays(String cell) {
        int days = TsvCellParsers.integer(cell);
        checkArgument(days >= 0 && days <= LONGEST_TRIAL, "a trial has between 0 and %s days", LONGEST_TRIAL);
        return days;
    }

    private Set<String> covers(String cell) {
        if (cell.equals(ALL)) {
            return null;
        }
        Set<String> covers = Set.copyOf(List.of(cell.split(" +")));
        covers.stream().filter(isSource.negate()).findAny().ifPresent(it -> {
            throw new IllegalArgumentException("\"" + it + "\" is not the slug of a source");
        });
        return covers;
    }

    private static Money money(String cell) {
        String[] parts = cell.split(" +");
        checkArgument(parts.length == 2, "\"%s\" is not a price: minor units and currency, such as 999 usd", cell);
        return new Money(TsvCellParsers.integer(parts[0]), parts[1]);
    }
}
