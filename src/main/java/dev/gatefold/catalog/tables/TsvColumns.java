package dev.gatefold.catalog.tables;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The columns of a kind of table.
 *
 * @param required columns that must be present
 * @param optional columns that may be present
 * @param pattern names of further optional columns
 */
record TsvColumns(List<String> required, List<String> optional, Optional<Pattern> pattern) {
    static TsvColumns of(List<String> required, List<String> optional) {
        return new TsvColumns(required, optional, Optional.empty());
    }

    boolean contains(String column) {
        return required.contains(column) || optional.contains(column) || matchesPattern(column);
    }

    boolean matchesPattern(String column) {
        return pattern.filter(it -> it.matcher(column).matches()).isPresent();
    }
}
