package dev.gatefold.catalog.tables;

import dev.gatefold.kernel.Problem;
import dev.gatefold.kernel.Problem.InputError;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * A table that an operator keeps in a text file: UTF-8, one row a line, cells between tabs, the first row naming the
 * columns in any order; empty lines and lines that begin with {@code #} do not count. Every fault is gathered with its
 * line and column, so that a file is put right in one go.
 */
final class TsvTable {
    private static final int MOST_FLAWS = 100;

    private final List<InputError> flaws = new ArrayList<>();
    private final List<TsvRow> rows = new ArrayList<>();
    private List<String> columns = List.of();

    private TsvTable() {}

    /**
     * Reads the cells; what is wrong with them is told by {@link #throwIfInvalid}.
     *
     * @param required columns that the table must have
     * @param optional columns that it may have
     */
    static TsvTable read(byte[] file, List<String> required, List<String> optional) {
        TsvTable table = new TsvTable();
        String[] lines = decode(file).split("\r?\n", -1);
        for (int i = 0; i < lines.length; i++) {
            if (lines[i].isBlank() || lines[i].startsWith("#")) {
                continue;
            }
            if (table.columns.isEmpty()) {
                table.head(i + 1, lines[i], required, optional);
            } else {
                table.add(i + 1, lines[i]);
            }
        }
        if (table.rows.isEmpty()) {
            table.flaws.add(new InputError("line 1", "the table has no rows"));
            table.throwIfInvalid();
        }
        return table;
    }

    /** The columns that the first row names, for telling what kind of table a file is. */
    static List<String> columnNames(byte[] file) {
        return decode(file)
                .lines()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .findFirst()
                .map(line -> List.of(line.split("\t", -1)))
                .orElse(List.of());
    }

    private static String decode(byte[] file) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(file))
                    .toString();
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw Problem.invalid("line 1", "the file is not UTF-8 text");
        }
    }

    private void head(int line, String text, List<String> required, List<String> optional) {
        columns = Arrays.stream(text.split("\t", -1)).map(String::strip).toList();
        TsvRow row = new TsvRow(line, text);
        for (String column : columns) {
            if (columns.indexOf(column) != columns.lastIndexOf(column)) {
                row.addError(column, "stands twice in the first row");
            } else if (!required.contains(column) && !optional.contains(column)) {
                row.addError(
                        column, "is not a column of this table; they are " + required + " and, if wanted, " + optional);
            }
        }
        required.stream()
                .filter(column -> !columns.contains(column))
                .forEach(column -> row.addError(column, "is missing"));
        throwIfInvalid();
    }

    private void add(int line, String text) {
        TsvRow row = new TsvRow(line, text);
        rows.add(row);
        int cells = row.cells.length;
        if (cells != columns.size()) {
            flaws.add(new InputError(
                    "line " + line, "has " + cells + " cells, where the first row has " + columns.size()));
        }
        if (text.indexOf('\0') >= 0) {
            flaws.add(new InputError("line " + line + ", column " + (text.indexOf('\0') + 1), "holds a NUL character"));
        }
    }

    List<TsvRow> rows() {
        return rows;
    }

    /** Throws all that was found, if anything was. */
    void throwIfInvalid() {
        if (!flaws.isEmpty()) {
            throw Problem.invalid(flaws.subList(0, Math.min(flaws.size(), MOST_FLAWS)));
        }
    }

    /** One line, whose cells are asked for by the names of their columns. */
    final class TsvRow {
        private final int line;
        private final String[] cells;
        private final Map<String, Integer> flawed = new HashMap<>();

        private TsvRow(int line, String text) {
            this.line = line;
            this.cells = text.split("\t", -1);
        }

        int line() {
            return line;
        }

        Optional<String> text(String column) {
            int index = columns.indexOf(column);
            return index < 0 || index >= cells.length
                    ? Optional.empty()
                    : Optional.of(cells[index].strip()).filter(cell -> !cell.isEmpty());
        }

        /** The cell as something else; empty where it is empty, or is not that. */
        <T> Optional<T> optional(String column, Function<String, T> reader) {
            return text(column).flatMap(cell -> parse(column, () -> reader.apply(cell)));
        }

        <T> Optional<T> required(String column, Function<String, T> reader) {
            if (text(column).isEmpty() && !flawed.containsKey(column)) {
                addError(column, "is empty");
            }
            return optional(column, reader);
        }

        /** What the supplier makes; a fault of this column where it throws {@link IllegalArgumentException}. */
        <T> Optional<T> parse(String column, java.util.function.Supplier<T> maker) {
            try {
                return Optional.of(maker.get());
            } catch (IllegalArgumentException e) {
                addError(column, e.getMessage());
                return Optional.empty();
            }
        }

        void addError(String column, String detail) {
            int index = columns.indexOf(column);
            int position = 1;
            for (int i = 0; i < Math.min(index, cells.length); i++) {
                position += cells[i].length() + 1;
            }
            flawed.put(column, position);
            flaws.add(new InputError("line " + line + ", column " + position + " (" + column + ")", detail));
        }
    }
}
