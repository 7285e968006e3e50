package dev.gatefold.catalog.tables;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Pattern;

/** Kinds of cells that both tables have. */
final class TsvCellParsers {
    private static final Pattern SLUG = Pattern.compile("[a-z0-9]+(?:-[a-z0-9]+)*");
    private static final int LONGEST_SLUG = 80;
    private static final int LONGEST_NAME = 200;

    private TsvCellParsers() {}

    static String slug(String cell) {
        checkArgument(
                SLUG.matcher(cell).matches() && cell.length() <= LONGEST_SLUG,
                "\"%s\" is not a slug: small letters and digits, hyphens between them, at most %s characters",
                cell,
                LONGEST_SLUG);
        return cell;
    }

    static String name(String cell) {
        checkArgument(cell.length() <= LONGEST_NAME, "is longer than %s characters", LONGEST_NAME);
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
}
