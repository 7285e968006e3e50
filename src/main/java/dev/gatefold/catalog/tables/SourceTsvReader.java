package dev.gatefold.catalog.tables;

import dev.gatefold.catalog.SourceDefinition;
import dev.gatefold.catalog.model.Source;
import dev.gatefold.catalog.urls.SourceHost;
import dev.gatefold.kernel.CountryCodes;
import dev.gatefold.kernel.Problem;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reader of the table of sources. The comments in the bundled {@code sources.tsv} document its columns. */
final class SourceTsvReader {
    private static final TsvColumns COLUMNS = TsvColumns.of(
            List.of("slug", "name", "hosts", "gate"),
            List.of(
                    "country",
                    "language",
                    "zone",
                    "categories",
                    "allowance",
                    "window",
                    "embargo_hours",
                    "archive_days",
                    "territories",
                    "in_trials",
                    "lead_in",
                    "crawlers"));

    private final Map<String, Integer> lineBySlug = new HashMap<>();
    private final Map<SourceHost, Integer> lineByHost = new HashMap<>();

    private SourceTsvReader() {}

    /**
     * Returns the sources of a file.
     *
     * @throws Problem {@code invalid-input} with the errors of all lines
     */
    static List<SourceDefinition> read(byte[] file) {
        TsvTable table = TsvTable.read(file, COLUMNS);
        SourceTsvReader reader = new SourceTsvReader();
        List<SourceDefinition> sources = table.rows().stream()
                .map(reader::parse)
                .flatMap(Optional::stream)
                .toList();
        table.throwIfInvalid();
        return sources;
    }

    private Optional<SourceDefinition> parse(TsvRow row) {
        var slug = row.required("slug", TsvCellParsers::slug);
        var name = row.required("name", TsvCellParsers::name);
        var hosts = row.required("hosts", cell -> TsvCellParsers.list(cell, SourceHost::parse));
        var country = row.optional("country", CountryCodes::parse);
        var language = row.optional("language", TsvCellParsers::language);
        var timeZone = row.optional("zone", TsvCellParsers::timeZone);
        var categories = row.optional("categories", cell -> TsvCellParsers.list(cell, TsvCellParsers::slug));
        var policy = PolicyTsvParser.parse(row);
        slug.ifPresent(it -> requireUnique(row, "slug", lineBySlug, it));
        hosts.orElse(List.of()).forEach(it -> requireUnique(row, "hosts", lineByHost, it));
        if (slug.isEmpty() || name.isEmpty() || hosts.isEmpty() || policy.isEmpty()) {
            return Optional.empty();
        }
        Source source = new Source(
                slug.get(),
                name.get(),
                country.orElse(null),
                language.orElse(null),
                timeZone.orElse(ZoneOffset.UTC),
                categories.orElse(List.of()),
                hosts.get());
        return Optional.of(new SourceDefinition(source, policy.get()));
    }

    private static <T> void requireUnique(TsvRow row, String column, Map<T, Integer> lineByValue, T value) {
        Integer otherLine = lineByValue.putIfAbsent(value, row.line());
        if (otherLine != null && otherLine == row.line()) {
            row.addError(column, "\"" + value + "\" is duplicated");
        } else if (otherLine != null) {
            row.addError(column, "\"" + value + "\" is already used in line " + otherLine);
        }
    }
}
