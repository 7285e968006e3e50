package dev.gatefold.catalog.tables;

import static com.google.common.base.Preconditions.checkArgument;

import dev.gatefold.catalog.model.CalendarWindow;
import dev.gatefold.catalog.model.Source;
import dev.gatefold.catalog.rules.Gate;
import dev.gatefold.catalog.rules.Policy;
import dev.gatefold.catalog.rules.Territories;
import dev.gatefold.catalog.tables.TsvTable.TsvRow;
import dev.gatefold.catalog.urls.SourceHost;
import dev.gatefold.kernel.CountryCodes;
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
public final class SourceTsvReader {
    /** A source, and the policy that the table gives to the whole of it. */
    public record SourceDefinition(Source source, Policy policy) {
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
    private final Map<SourceHost, Integer> lineOfHost = new HashMap<>();

    private SourceTsvReader() {}

    static List<SourceDefinition> read(byte[] file) {
        TsvTable table = TsvTable.read(file, REQUIRED, OPTIONAL);
        SourceTsvReader reader = new SourceTsvReader();
        List<SourceDefinition> sources = table.rows().stream()
                .map(reader::source)
                .flatMap(Optional::stream)
                .toList();
        table.throwIfInvalid();
        return sources;
    }

    private Optional<SourceDefinition> source(TsvRow row) {
        var slug = row.required("slug", TsvCellParsers::slug);
        var name = row.required("name", TsvCellParsers::name);
        var hosts = row.required("hosts", cell -> list(cell, SourceHost::parse));
        var country = row.optional("country", CountryCodes::parse);
        var language = row.optional("language", SourceTsvReader::language);
        var zone = row.optional("zone", SourceTsvReader::zone);
        var categories = row.optional("categories", cell -> list(cell, TsvCellParsers::slug));
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
        return Optional.of(new SourceDefinition(source, policy.get()));
    }

    private static Optional<Policy> policy(TsvRow row) {
        var gate = row.required("gate", cell -> TsvCellParsers.enumConstant(Gate.class, cell));
        var allowance = row.optional("allowance", TsvCellParsers::integer);
        var window = row.optional("window", cell -> TsvCellParsers.enumConstant(CalendarWindow.class, cell));
        var embargo = row.optional("embargo_hours", TsvCellParsers::integer);
        var archive = row.optional("archive_days", TsvCellParsers::integer);
        var territories = row.optional("territories", SourceTsvReader::territories);
        var inTrials = row.optional("in_trials", TsvCellParsers::yesOrNo);
        var leadIn = row.optional("lead_in", TsvCellParsers::integer);
        var crawlers = row.optional("crawlers", TsvCellParsers::yesOrNo);
        return gate.flatMap(it -> row.parse(
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
            return new Territories(Set.copyOf(list(cell.substring(ONLY.length()), CountryCodes::parse)), null);
        }
        checkArgument(cell.startsWith(NOT), "\"%s\" is neither \"only de at\" nor \"not us\"", cell);
        return new Territories(null, Set.copyOf(list(cell.substring(NOT.length()), CountryCodes::parse)));
    }

    private static void once(TsvRow row, String column, Integer earlierLine, String value) {
        if (earlierLine != null && earlierLine == row.line()) {
            row.addError(column, "\"" + value + "\" stands twice");
        } else if (earlierLine != null) {
            row.addError(column, "\"" + value + "\" belongs to the source in line " + earlierLine);
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
