package dev.gatefold.sandbox.stripe.state;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatefold.sandbox.stripe.http.SandboxApiError;
import dev.gatefold.sandbox.stripe.http.SandboxApiRequest;
import dev.gatefold.sandbox.stripe.http.SandboxForm;
import dev.gatefold.sandbox.stripe.http.SandboxJson;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Lists in the format of Stripe: newest first, with an object id as the cursor. */
public final class SandboxLists {
    private static final int DEFAULT_LIMIT = 10;
    private static final int MAX_LIMIT = 100;

    private SandboxLists() {}

    public static ObjectNode page(SandboxApiRequest request, Collection<ObjectNode> all, Predicate<ObjectNode> filter) {
        List<ObjectNode> found = new ArrayList<>(
                all.stream().filter(filter.and(created(request.form()))).toList());
        Collections.reverse(found);
        long limit = request.form().number("limit").orElse((long) DEFAULT_LIMIT);
        if (limit < 1 || limit > MAX_LIMIT) {
            throw SandboxApiError.invalidParam("limit", "This value must be between 1 and 100 inclusive.");
        }
        int from = request.form()
                .text("starting_after")
                .map(id -> position(found, id, "starting_after") + 1)
                .orElse(0);
        int until = found.size();
        Optional<String> before = request.form().text("ending_before");
        if (before.isPresent()) {
            until = position(found, before.get(), "ending_before");
            from = (int) Math.max(from, until - limit);
        }
        int end = (int) Math.min(until, from + limit);
        boolean more = before.isPresent() ? from > 0 : end < found.size();
        return list(found.subList(from, end), more, "/v1/" + String.join("/", request.path()));
    }

    private static int position(List<ObjectNode> found, String id, String param) {
        for (int i = 0; i < found.size(); i++) {
            if (SandboxState.id(found.get(i)).equals(id)) {
                return i;
            }
        }
        throw SandboxApiError.resourceMissing("object", id, param);
    }

    private static Predicate<ObjectNode> created(SandboxForm form) {
        SandboxForm created = form.child("created");
        return object -> {
            long at = object.path("created").asLong();
            return created.number("gt").map(it -> at > it).orElse(true)
                    && created.number("gte").map(it -> at >= it).orElse(true)
                    && created.number("lt").map(it -> at < it).orElse(true)
                    && created.number("lte").map(it -> at <= it).orElse(true)
                    && (created.fields().size() > 0
                            || form.number("created").map(it -> at == it).orElse(true));
        };
    }

    public static ObjectNode list(Collection<ObjectNode> data, boolean more, String url) {
        ObjectNode list = SandboxJson.object();
        list.put("object", "list");
        ArrayNode items = list.putArray("data");
        data.forEach(it -> items.add(it.deepCopy()));
        list.put("has_more", more);
        list.put("url", url);
        return list;
    }

    /** Returns a filter by fields that are equal to the parameters of the same names, where these are present. */
    public static Predicate<ObjectNode> matching(SandboxForm form, String... names) {
        return object -> {
            for (String name : names) {
                Optional<String> expected = form.text(name);
                if (expected.isPresent() && !expected.equals(SandboxJson.text(object, name))) {
                    return false;
                }
            }
            return true;
        };
    }
}
