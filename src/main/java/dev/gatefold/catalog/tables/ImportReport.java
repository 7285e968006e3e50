package dev.gatefold.catalog.tables;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * The number of rows that an import changed, or would change in a dry run.
 *
 * @param added rows that are new, or were retired before
 * @param changed rows whose values differ
 * @param unchanged rows that are equal
 * @param retired rows that the imported file does not contain
 */
@Schema(name = "ImportReport")
public record ImportReport(int added, int changed, int unchanged, int retired) {
    boolean hasChanges() {
        return added + changed + retired > 0;
    }

    static <T> ImportReport compare(List<T> before, List<T> after, Function<T, String> slug) {
        Map<String, T> remaining = before.stream().collect(Collectors.toMap(slug, Function.identity()));
        int unchanged = 0;
        int changed = 0;
        for (T item : after) {
            T previous = remaining.remove(slug.apply(item));
            unchanged += item.equals(previous) ? 1 : 0;
            changed += previous != null && !item.equals(previous) ? 1 : 0;
        }
        return new ImportReport(after.size() - unchanged - changed, changed, unchanged, remaining.size());
    }
}
