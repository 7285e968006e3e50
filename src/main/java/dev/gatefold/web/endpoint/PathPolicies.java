package dev.gatefold.web.endpoint;

import java.util.HashMap;
import java.util.Map;

/** The policies of the endpoints that share one path, by HTTP method. */
final class PathPolicies {
    private final Map<String, EndpointPolicy> byMethod = new HashMap<>();
    private EndpointPolicy shared;

    void add(String httpMethod, EndpointPolicy policy) {
        byMethod.put(httpMethod, policy);
        if (httpMethod.equals("GET")) {
            byMethod.putIfAbsent("HEAD", policy);
        }
        shared = shared == null ? policy : shared.strictest(policy);
    }

    EndpointPolicy policy(String httpMethod) {
        EndpointPolicy policy = byMethod.get(httpMethod);
        return policy == null ? shared.forRejected(httpMethod) : policy;
    }
}
