package dev.gatefold.web.http;

import dev.gatefold.kernel.Problem;
import java.util.List;
import java.util.function.Function;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** One page of a list, and where the next one is; {@code next} is null on the last. */
public record ResultPage<T>(
        @Schema(required = true) List<T> items,
        @Schema(nullable = true) String next) {
    private static final int USUAL = 50;
    private static final int MOST = 500;

    /**
     * The page that follows the item with the key {@code after}.
     *
     * @param all in the order of their keys
     * @param after the key of the last item that the caller has, or null
     * @param path of the list, without a query
     */
    public static <T> ResultPage<T> of(List<T> all, Function<T, String> key, String after, Integer asked, String path) {
        int limit = limit(asked);
        List<T> rest = after == null
                ? all
                : all.stream()
                        .filter(item -> key.apply(item).compareTo(after) > 0)
                        .toList();
        List<T> items = rest.stream().limit(limit).toList();
        boolean more = items.size() < rest.size();
        return new ResultPage<>(items, more ? path + "?limit=" + limit + "&after=" + key.apply(items.getLast()) : null);
    }

    /** The same page, of what the items become. */
    public <R> ResultPage<R> map(Function<T, R> change) {
        return new ResultPage<>(items.stream().map(change).toList(), next);
    }

    /** How many items a caller wants at most. */
    public static int limit(Integer asked) {
        int limit = asked == null ? USUAL : asked;
        if (limit < 1 || limit > MOST) {
            throw Problem.invalid("limit", "must be between 1 and " + MOST);
        }
        return limit;
    }

    /**
     * The page of what a query has found, which was asked for one item more than a page holds.
     *
     * @param path of the list with what was asked of it, to which parameters can be added
     */
    public static <T> ResultPage<T> ofLookahead(List<T> found, Function<T, String> key, int limit, String path) {
        boolean more = found.size() > limit;
        List<T> items = more ? found.subList(0, limit) : found;
        return new ResultPage<>(items, more ? path + "limit=" + limit + "&after=" + key.apply(items.getLast()) : null);
    }
}
