package dev.gatefold.sandbox.stripe.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Which request means what. {@code *} stands for an id. */
public final class SandboxRoutes {
    private final Map<String, Function<SandboxApiRequest, ObjectNode>> routes = new LinkedHashMap<>();

    public void on(String route, Function<SandboxApiRequest, ObjectNode> handler) {
        routes.put(route, handler);
    }

    public ObjectNode handle(SandboxApiRequest call) {
        return routes.entrySet().stream()
                .filter(it -> matches(it.getKey(), call))
                .findFirst()
                .orElseThrow(() -> unknown(call))
                .getValue()
                .apply(call);
    }

    private static boolean matches(String route, SandboxApiRequest call) {
        List<String> wanted = List.of(route.split("[ /]"));
        List<String> path = call.path();
        if (!wanted.getFirst().equals(call.method()) || wanted.size() != path.size() + 1) {
            return false;
        }
        for (int i = 0; i < path.size(); i++) {
            if (!wanted.get(i + 1).equals("*") && !wanted.get(i + 1).equals(path.get(i))) {
                return false;
            }
        }
        return true;
    }

    private static SandboxApiError unknown(SandboxApiRequest call) {
        return SandboxApiError.of(
                404,
                "Unrecognized request URL (%s: /v1/%s). The sandbox knows what Gatefold uses of Stripe."
                        .formatted(call.method(), String.join("/", call.path())));
    }
}
