package dev.gatefold.web.endpoint;

import dev.gatefold.platform.tracing.TraceMode;
import dev.gatefold.platform.tracing.TraceModeProvider;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The policies of all endpoints of the running service. Looks up the policy once per request. */
@Singleton
public final class EndpointPolicies implements TraceModeProvider {
    private static final String KEY = EndpointPolicy.class.getName();

    private final EndpointIndex index;
    private final String infrastructureRoot;

    EndpointPolicies(
            ResourceClasses resources,
            @ConfigProperty(name = "quarkus.http.non-application-root-path", defaultValue = "q") String root) {
        this.index = new EndpointIndex(resources.all());
        this.infrastructureRoot = ("/" + root + "/").replaceAll("/+", "/");
    }

    /** Returns the index that the policies are looked up in. */
    public EndpointIndex index() {
        return index;
    }

    /** Returns the policy of a request, which is looked up by the first filter that needs it. */
    public EndpointPolicy policyOf(RoutingContext request) {
        EndpointPolicy known = request.get(KEY);
        if (known != null) {
            return known;
        }
        EndpointPolicy policy = index.policy(request.request().method().name(), request.normalizedPath());
        request.put(KEY, policy);
        return policy;
    }

    /**
     * Returns whether an error of a request is answered with an HTML page if the request accepts one. Health, metrics and
     * the API document answer programs, although no endpoint of this service declares them.
     */
    public boolean hasHtmlErrors(String httpMethod, String path) {
        return !path.startsWith(infrastructureRoot)
                && index.policy(httpMethod, path).htmlErrors();
    }

    @Override
    public TraceMode traceMode(RoutingContext request) {
        return policyOf(request).traceMode();
    }
}
