package dev.gatefold.web.http;

import dev.gatefold.kernel.Problem;
import java.util.List;
import java.util.function.Function;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * One page of a list.
 *
 * @param items at most 500, in the order of their keys
 * @param next URL path of the next page with its query; null on the last page
 */
public record ResultPage<T>(
        @Schema(required = true) List<T> items,
        @Schema(nullable = true) String next) {
    private static final int DEFAULT_LIMIT = 50;
    private static final int MAX_LIMIT = 500;

    /**
     * Returns the page that follows the item with the key {@code after}.
     *
     * @param all in the order of their keys
     * @param after key of the last item of the previous page, or null for the first page
     * @param requestedLimit requested page size, or null for 50
     * @param path URL path of the list, without a query
     */
    public static <T> ResultPage<T> of(
            List<T> all, Function<T, String> key, String after, Integer requestedLimit, String path) {
        int limit = limit(requestedLimit);
        List<T> rest = after == null
                ? all
                : all.stream()
                        .filter(item -> key.apply(item).compareTo(after) > 0)
                        .toList();
        List<T> items = rest.stream().limit(limit).toList();
        boolean hasMore = items.size() < rest.size();
        return new ResultPage<>(
                items, hasMore ? path + "?limit=" + limit + "&after=" + key.apply(items.getLast()) : null);
    }

    /** Returns this page with each item converted. */
    public <R> ResultPage<R> map(Function<T, R> mapping) {
        return new ResultPage<>(items.stream().map(mapping).toList(), next);
    }

    /**
     * Returns the page size for a request.
     *
     * @param requested requested page size, or null for 50
     * @throws Problem 400 unless it is from 1 to 500
     */
    public static int limit(Integer requested) {
        int limit = requested == null ? DEFAULT_LIMIT : requested;
        if (limit < 1 || limit > MAX_LIMIT) {
            throw Problem.invalid("limit", "must be between 1 and " + MAX_LIMIT);
        }
        return limit;
    }

    /**
     * Returns the page for the result of a query that selects one item more than the page size.
     *
     * @param path URL path of the list with its query, ready for further parameters
     */
    public static <T> ResultPage<T> ofLookahead(List<T> result, Function<T, String> key, int limit, String path) {
        boolean hasMore = result.size() > limit;
        List<T> items = hasMore ? result.subList(0, limit) : result;
        return new ResultPage<>(
                items, hasMore ? path + "limit=" + limit + "&after=" + key.apply(items.getLast()) : null);
    }
}
