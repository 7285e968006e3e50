package dev.gatefold.catalog;

import static com.google.common.base.Preconditions.checkArgument;

import dev.gatefold.catalog.Table.Row;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IllformedLocaleException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** The table of the sources, one a line; the head of the seeded one tells an operator what its columns mean. */
final class SourceTable {
    /** A source, and the policy that the table gives to the whole of it. */
    record Listed(Source source, Policy policy) {
        String slug() {
            return source.slug();
        }
    }

    static final List<String> REQUIRED = List.of("slug", "name", "hosts", "gate");
    static final List<String> OPTIONAL = List.of(
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
            "crawlers");

    private static final int MOST_IN_A_CELL = 50;
    private static final String ONLY = "only ";
    private static final String NOT = "not ";

    private final Map<String, Integer> lineOfSlug = new HashMap<>();
    private final Map<Host, Integer> lineOfHost = new HashMap<>();

    private SourceTable() {}

    static List<Listed> read(byte[] file) {
        Table table = Table.read(file, REQUIRED, OPTIONAL);
        SourceTable reader = new SourceTable();
        List<Listed> sources = table.rows().stream()
                .map(reader::source)
                .flatMap(Optional::stream)
                .toList();
        table.verify();
        return sources;
    }

    private Optional<Listed> source(Row row) {
        var slug = row.required("slug", Cells::slug);
        var name = row.required("name", Cells::name);
        var hosts = row.required("hosts", cell -> list(cell, Host::parse));
        var country = row.as("country", Country::parse);
        var language = row.as("language", SourceTable::language);
        var zone = row.as("zone", SourceTable::zone);
        var categories = row.as("categories", cell -> list(cell, Cells::slug));
        var policy = policy(row);
        slug.ifPresent(it -> once(row, "slug", lineOfSlug.putIfAbsent(it, row.line()), it));
        hosts.orElse(List.of())
                .forEach(it -> once(row, "hosts", lineOfHost.putIfAbsent(it, row.line()), it.toString()));
        if (slug.isEmpty() || name.isEmpty() || hosts.isEmpty() || policy.isEmpty()) {
            return Optional.empty();
        }
        Source source = new Source(
                slug.get(),
                name.get(),
                country.orElse(null),
                language.orElse(null),
                zone.orElse(ZoneOffset.UTC),
                categories.orElse(List.of()),
                hosts.get());
        return Optional.of(new Listed(source, policy.get()));
    }

    private static Optional<Policy> policy(Row row) {
        var gate = row.required("gate", cell -> Cells.constant(Gate.class, cell));
        var allowance = row.as("allowance", Cells::number);
        var window = row.as("window", cell -> Cells.constant(Window.class, cell));
        var embargo = row.as("embargo_hours", Cells::number);
        var archive = row.as("archive_days", Cells::number);
        var territories = row.as("territories", SourceTable::territories);
        var inTrials = row.as("in_trials", Cells::yesOrNo);
        var leadIn = row.as("lead_in", Cells::number);
        var crawlers = row.as("crawlers", Cells::yesOrNo);
        return gate.flatMap(it -> row.attempt(
                "gate",
                () -> new Policy(
                        it,
                        allowance.orElse(null),
                        window.orElse(null),
                        embargo.orElse(null),
                        archive.orElse(null),
                        territories.orElse(null),
                        inTrials.orElse(null),
                        null,
                        leadIn.orElse(null),
                        crawlers.orElse(null))));
    }

    private static Territories territories(String cell) {
        if (cell.startsWith(ONLY)) {
            return new Territories(Set.copyOf(list(cell.substring(ONLY.length()), Country::parse)), null);
        }
        checkArgument(cell.startsWith(NOT), "\"%s\" is neither \"only de at\" nor \"not us\"", cell);
        return new Territories(null, Set.copyOf(list(cell.substring(NOT.length()), Country::parse)));
    }

    private static void once(Row row, String column, Integer earlierLine, String value) {
        if (earlierLine != null && earlierLine == row.line()) {
            row.flaw(column, "\"" + value + "\" stands twice");
        } else if (earlierLine != null) {
            row.flaw(column, "\"" + value + "\" belongs to the source in line " + earlierLine);
        }
    }

    private static <T> List<T> list(String cell, Function<String, T> reader) {
        List<T> items = new ArrayList<>();
        for (String word : cell.split(" +")) {
            items.add(reader.apply(word));
        }
        checkArgument(items.size() <= MOST_IN_A_CELL, "holds more than %s items", MOST_IN_A_CELL);
        return items;
    }

    private static String language(String cell) {
        try {
            return new Locale.Builder().setLanguageTag(cell).build().toLanguageTag();
        } catch (IllformedLocaleException e) {
            throw new IllegalArgumentException("\"" + cell + "\" is not a language's tag (BCP 47)", e);
        }
    }

    private static ZoneId zone(String cell) {
        try {
            return ZoneId.of(cell);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("\"" + cell + "\" is not a time zone, such as Europe/Vienna", e);
        }
    }
}
