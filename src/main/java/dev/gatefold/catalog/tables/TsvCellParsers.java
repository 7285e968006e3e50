package dev.gatefold.catalog.tables;

import static com.google.common.base.Preconditions.checkArgument;

import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.IllformedLocaleException;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Parsers of cells. Each throws {@link IllegalArgumentException} with a message for the operator. */
final class TsvCellParsers {
    private static final Pattern SLUG = Pattern.compile("[a-z0-9]+(?:-[a-z0-9]+)*");
    private static final int MAX_SLUG_LENGTH = 80;
    private static final int MAX_NAME_LENGTH = 200;
    private static final int MAX_LIST_SIZE = 50;

    private TsvCellParsers() {}

    static String slug(String cell) {
        checkArgument(
                SLUG.matcher(cell).matches() && cell.length() <= MAX_SLUG_LENGTH,
                "\"%s\" is not a slug: lower-case letters and digits, separated by hyphens, at most %s characters",
                cell,
                MAX_SLUG_LENGTH);
        return cell;
    }

    static String name(String cell) {
        checkArgument(cell.length() <= MAX_NAME_LENGTH, "is longer than %s characters", MAX_NAME_LENGTH);
        return cell;
    }

    static int integer(String cell) {
        try {
            return Integer.parseInt(cell);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("\"" + cell + "\" is not a whole number", e);
        }
    }

    static boolean yesOrNo(String cell) {
        checkArgument(cell.equals("yes") || cell.equals("no"), "\"%s\" is neither yes nor no", cell);
        return cell.equals("yes");
    }

    static <E extends Enum<E>> E enumConstant(Class<E> type, String cell) {
        try {
            return Enum.valueOf(type, cell.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "\"" + cell + "\" is none of " + Arrays.toString(type.getEnumConstants()), e);
        }
    }

    /** Parses a BCP 47 language tag to its canonical form. */
    static String language(String cell) {
        try {
            return new Locale.Builder().setLanguageTag(cell).build().toLanguageTag();
        } catch (IllformedLocaleException e) {
            throw new IllegalArgumentException("\"" + cell + "\" is not a language tag (BCP 47), such as en-GB", e);
        }
    }

    static ZoneId timeZone(String cell) {
        try {
            return ZoneId.of(cell);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("\"" + cell + "\" is not a time zone, such as Europe/Vienna", e);
        }
    }

    /** Parses a list of at most 50 items that are separated by spaces. */
    static <T> List<T> list(String cell, Function<String, T> itemParser) {
        List<T> items = Arrays.stream(cell.split(" +")).map(itemParser).toList();
        checkArgument(items.size() <= MAX_LIST_SIZE, "contains more than %s items", MAX_LIST_SIZE);
        return items;
    }
}
