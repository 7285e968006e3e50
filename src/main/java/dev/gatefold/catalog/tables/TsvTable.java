package dev.gatefold.catalog.tables;

import dev.gatefold.kernel.Problem;
import dev.gatefold.kernel.Problem.InputError;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A parsed TSV file: UTF-8, one row per line, cells separated by tabs. The first line names the columns in any order.
 * Blank lines and lines that begin with {@code #} are ignored. Errors are collected with line and column, so that one
 * import reports all of them.
 */
final class TsvTable {
    private static final int MAX_REPORTED_ERRORS = 100;

    private final List<InputError> errors = new ArrayList<>();
    private final List<TsvRow> rows = new ArrayList<>();
    private List<String> columns = List.of();

    private TsvTable() {}

    /**
     * Parses a file into rows. Errors of cells are thrown by {@link #throwIfInvalid} after the rows have been parsed.
     *
     * @throws Problem {@code invalid-input} if the encoding or the header is invalid, or if there are no rows
     */
    static TsvTable read(byte[] file, TsvColumns allowed) {
        TsvTable table = new TsvTable();
        String[] lines = decode(file).split("\r?\n", -1);
        for (int i = 0; i < lines.length; i++) {
            if (isIgnored(lines[i])) {
                continue;
            }
            if (table.columns.isEmpty()) {
                table.readHeader(i + 1, lines[i], allowed);
            } else {
                table.readRow(i + 1, lines[i]);
            }
        }
        if (table.rows.isEmpty()) {
            table.errors.add(new InputError("line 1", "the table has no rows"));
            table.throwIfInvalid();
        }
        return table;
    }

    /** Returns the names of the columns, without validation; empty if the file has no lines. */
    static List<String> columnNames(byte[] file) {
        return decode(file)
                .lines()
                .filter(line -> !isIgnored(line))
                .findFirst()
                .map(TsvTable::parseHeader)
                .orElse(List.of());
    }

    private static boolean isIgnored(String line) {
        return line.isBlank() || line.startsWith("#");
    }

    private static List<String> parseHeader(String line) {
        return Arrays.stream(line.split("\t", -1)).map(String::strip).toList();
    }

    private static String decode(byte[] file) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(file))
                    .toString();
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw Problem.invalid("line 1", "the file is not encoded in UTF-8");
        }
    }

    private void readHeader(int line, String text, TsvColumns allowed) {
        columns = parseHeader(text);
        TsvRow header = new TsvRow(line, text, columns, errors);
        for (String column : columns) {
            if (columns.indexOf(column) != columns.lastIndexOf(column)) {
                header.addError(column, "is duplicated in the header");
            } else if (!allowed.contains(column)) {
                header.addError(
                        column,
                        "is not a column of this table; required columns are " + allowed.required()
                                + ", optional columns are " + allowed.optional());
            }
        }
        allowed.required().stream()
                .filter(column -> !columns.contains(column))
                .forEach(column -> header.addError(column, "is missing in the header"));
        throwIfInvalid();
    }

    private void readRow(int line, String text) {
        TsvRow row = new TsvRow(line, text, columns, errors);
        rows.add(row);
        if (row.cellCount() != columns.size()) {
            errors.add(new InputError(
                    "line " + line, "has " + row.cellCount() + " cells, but the header has " + columns.size()));
        }
        int nul = text.indexOf('\0');
        if (nul >= 0) {
            errors.add(new InputError("line " + line + ", column " + (nul + 1), "contains a NUL character"));
        }
    }

    List<String> columns() {
        return columns;
    }

    List<TsvRow> rows() {
        return rows;
    }

    /**
     * Throws if errors were found.
     *
     * @throws Problem {@code invalid-input} with at most 100 errors
     */
    void throwIfInvalid() {
        if (!errors.isEmpty()) {
            throw Problem.invalid(errors.subList(0, Math.min(errors.size(), MAX_REPORTED_ERRORS)));
        }
    }
}
