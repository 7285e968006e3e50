package dev.gatefold.sandbox.stripe.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Routes such as {@code GET customers/*}, where {@code *} matches an id. */
public final class SandboxRoutes {
    private final Map<String, Function<SandboxApiRequest, ObjectNode>> routes = new LinkedHashMap<>();

    public void on(String route, Function<SandboxApiRequest, ObjectNode> handler) {
        routes.put(route, handler);
    }

    public ObjectNode handle(SandboxApiRequest request) {
        return routes.entrySet().stream()
                .filter(it -> matches(it.getKey(), request))
                .findFirst()
                .orElseThrow(() -> unknown(request))
                .getValue()
                .apply(request);
    }

    private static boolean matches(String route, SandboxApiRequest request) {
        List<String> wanted = List.of(route.split("[ /]"));
        List<String> path = request.path();
        if (!wanted.getFirst().equals(request.method()) || wanted.size() != path.size() + 1) {
            return false;
        }
        for (int i = 0; i < path.size(); i++) {
            if (!wanted.get(i + 1).equals("*") && !wanted.get(i + 1).equals(path.get(i))) {
                return false;
            }
        }
        return true;
    }

    private static SandboxApiError unknown(SandboxApiRequest request) {
        return SandboxApiError.of(
                404,
                "Unrecognized request URL (%s: /v1/%s). The sandbox implements only the part of the API that Gatefold uses."
                        .formatted(request.method(), String.join("/", request.path())));
    }
}
