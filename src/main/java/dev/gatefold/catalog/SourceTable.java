package dev.gatefold.catalog;

import static com.google.common.base.Preconditions.checkArgument;

import dev.gatefold.catalog.Table.Row;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.IllformedLocaleException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The table of the sources, one a line; the head of the seeded one tells an operator what its columns mean. */
final class SourceTable {
    static final List<String> REQUIRED = List.of("slug", "name", "hosts", "gate");
    static final List<String> OPTIONAL = List.of("country", "language", "zone", "categories", "allowance", "window");

    private static final int MOST_IN_A_CELL = 50;
    private static final Map<String, String> COUNTRIES = countries();

    private final Map<String, Integer> lineOfSlug = new HashMap<>();
    private final Map<Host, Integer> lineOfHost = new HashMap<>();

    private SourceTable() {}

    static List<Source> read(byte[] file) {
        Table table = Table.read(file, REQUIRED, OPTIONAL);
        SourceTable reader = new SourceTable();
        List<Source> sources = table.rows().stream()
                .map(reader::source)
                .flatMap(Optional::stream)
                .toList();
        table.verify();
        return sources;
    }

    private Optional<Source> source(Row row) {
        var slug = row.required("slug", Cells::slug);
        var name = row.required("name", Cells::name);
        var hosts = row.required("hosts", cell -> list(cell, Host::parse));
        var country = row.as("country", SourceTable::country);
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
        return Optional.of(new Source(
                slug.get(),
                name.get(),
                country.orElse(null),
                language.orElse(null),
                zone.orElse(ZoneOffset.UTC),
                categories.orElse(List.of()),
                hosts.get(),
                policy.get()));
    }

    private static Optional<Policy> policy(Row row) {
        var gate = row.required("gate", cell -> Cells.constant(Gate.class, cell));
        var allowance = row.as("allowance", Cells::number);
        var window = row.as("window", cell -> Cells.constant(Window.class, cell));
        return gate.flatMap(
                it -> row.attempt("gate", () -> new Policy(it, allowance.orElse(null), window.orElse(null))));
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

    private static String country(String cell) {
        String country = COUNTRIES.get(cell.toLowerCase(Locale.ROOT));
        checkArgument(country != null, "\"%s\" is not a country's code (ISO 3166-1)", cell);
        return country;
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

    /** Two letters, three letters, and what people write for Great Britain, each to two letters. */
    private static Map<String, String> countries() {
        Stream<String[]> codes = Arrays.stream(Locale.getISOCountries())
                .flatMap(code -> Stream.of(
                        new String[] {code, code},
                        new String[] {Locale.of("", code).getISO3Country(), code}));
        return Stream.concat(codes, Stream.of(new String[][] {{"uk", "gb"}}))
                .collect(Collectors.toUnmodifiableMap(
                        pair -> pair[0].toLowerCase(Locale.ROOT), pair -> pair[1].toLowerCase(Locale.ROOT)));
    }
}
