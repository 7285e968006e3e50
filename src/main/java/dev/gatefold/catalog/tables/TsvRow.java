package dev.gatefold.catalog.tables;

import dev.gatefold.kernel.Problem.InputError;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/** A line of a {@link TsvTable}, with access to its cells by column name. */
final class TsvRow {
    private final int line;
    private final List<String> columns;
    private final String[] cells;
    private final List<InputError> errors;
    private final Set<String> columnsWithErrors = new HashSet<>();

    /**
     * Creates a row.
     *
     * @param line number of the line in the file, from 1
     * @param errors receives the errors of this row
     */
    TsvRow(int line, String text, List<String> columns, List<InputError> errors) {
        this.line = line;
        this.columns = columns;
        this.cells = text.split("\t", -1);
        this.errors = errors;
    }

    int line() {
        return line;
    }

    int cellCount() {
        return cells.length;
    }

    /** Returns the text of the cell without surrounding white space; empty if the cell is blank or missing. */
    Optional<String> text(String column) {
        int index = columns.indexOf(column);
        return index < 0 || index >= cells.length
                ? Optional.empty()
                : Optional.of(cells[index].strip()).filter(cell -> !cell.isEmpty());
    }

    /** Returns the parsed cell; empty if it is blank, or if the parser rejects it, which adds an error. */
    <T> Optional<T> optional(String column, Function<String, T> parser) {
        return text(column).flatMap(cell -> parse(column, () -> parser.apply(cell)));
    }

    /** Returns the parsed cell; empty if it is blank or if the parser rejects it, both of which add an error. */
    <T> Optional<T> required(String column, Function<String, T> parser) {
        if (text(column).isEmpty() && !columnsWithErrors.contains(column)) {
            addError(column, "is empty");
        }
        return optional(column, parser);
    }

    /** Returns the value of the supplier; if it throws {@link IllegalArgumentException}, adds an error of the column. */
    <T> Optional<T> parse(String column, Supplier<T> supplier) {
        try {
            return Optional.of(supplier.get());
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
        columnsWithErrors.add(column);
        errors.add(new InputError("line " + line + ", column " + position + " (" + column + ")", detail));
    }
}
