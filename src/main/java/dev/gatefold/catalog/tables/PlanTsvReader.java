package dev.gatefold.catalog.tables;

import static com.google.common.base.Preconditions.checkArgument;

import dev.gatefold.catalog.model.BillingInterval;
import dev.gatefold.catalog.model.Plan;
import dev.gatefold.catalog.model.PlanPrice;
import dev.gatefold.kernel.Money;
import dev.gatefold.kernel.Problem;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reader of the table of plans and prices. The comments in the bundled {@code plans.tsv} document its columns. */
final class PlanTsvReader {
    private static final String TRANSLATION_PREFIX = "name_";
    private static final TsvColumns COLUMNS = new TsvColumns(
            List.of("slug", "name", "trial_days", "covers"),
            List.of("monthly", "yearly", "name_<language>"),
            Optional.of(Pattern.compile(TRANSLATION_PREFIX + "[a-z]{2,3}")));

    private static final String ALL_SOURCES = "*";
    private static final int MAX_TRIAL_DAYS = 365;

    private final Predicate<String> isSource;
    private final List<String> translationColumns;
    private final Set<String> slugs = new HashSet<>();

    private PlanTsvReader(Predicate<String> isSource, List<String> translationColumns) {
        this.isSource = isSource;
        this.translationColumns = translationColumns;
    }

    /** Returns true if the columns of the file are those of plans, not those of sources. */
    static boolean isPlanTable(byte[] file) {
        return TsvTable.columnNames(file).contains("trial_days");
    }

    /**
     * Returns the plans of a file.
     *
     * @param isSource returns true for the slugs of sources
     * @throws Problem {@code invalid-input} with the errors of all lines
     */
    static List<Plan> read(byte[] file, Predicate<String> isSource) {
        TsvTable table = TsvTable.read(file, COLUMNS);
        PlanTsvReader reader = new PlanTsvReader(
                isSource,
                table.columns().stream().filter(COLUMNS::matchesPattern).toList());
        List<Plan> plans = table.rows().stream()
                .map(reader::parse)
                .flatMap(Optional::stream)
                .toList();
        table.throwIfInvalid();
        return plans;
    }

    private Optional<Plan> parse(TsvRow row) {
        var slug = row.required("slug", TsvCellParsers::slug);
        var name = row.required("name", TsvCellParsers::name);
        var nameTranslations = nameTranslations(row);
        var trialDays = row.required("trial_days", PlanTsvReader::trialDays);
        // wrapped, because null means all sources
        var covers = row.required("covers", cell -> Optional.ofNullable(covers(cell)));
        var prices = Stream.of(
                        row.optional("monthly", cell -> new PlanPrice(BillingInterval.MONTH, money(cell))),
                        row.optional("yearly", cell -> new PlanPrice(BillingInterval.YEAR, money(cell))))
                .flatMap(Optional::stream)
                .toList();
        slug.filter(it -> !slugs.add(it)).ifPresent(it -> row.addError("slug", "\"" + it + "\" is duplicated"));
        if (row.text("monthly").isEmpty() && row.text("yearly").isEmpty()) {
            row.addError("monthly", "and yearly are empty; a plan needs at least one price");
        }
        if (slug.isEmpty() || name.isEmpty() || trialDays.isEmpty() || covers.isEmpty() || prices.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Plan(
                slug.get(),
                name.get(),
                nameTranslations,
                trialDays.get(),
                covers.get().orElse(null),
                prices));
    }

    private Map<String, String> nameTranslations(TsvRow row) {
        Map<String, String> translations = new TreeMap<>();
        translationColumns.forEach(column -> row.optional(column, TsvCellParsers::name)
                .ifPresent(name -> translations.put(column.substring(TRANSLATION_PREFIX.length()), name)));
        return translations;
    }

    private static int trialDays(String cell) {
        int days = TsvCellParsers.integer(cell);
        checkArgument(days >= 0 && days <= MAX_TRIAL_DAYS, "must be between 0 and %s days", MAX_TRIAL_DAYS);
        return days;
    }

    private Set<String> covers(String cell) {
        if (cell.equals(ALL_SOURCES)) {
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
