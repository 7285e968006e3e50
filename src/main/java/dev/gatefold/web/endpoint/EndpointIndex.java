package dev.gatefold.web.endpoint;

import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Finds the policy of a request by its method and path before Jakarta REST has matched the request to an endpoint: most
 * filters run earlier. The paths come from the annotations of the resource classes, so that no filter lists paths.
 * Immutable and safe for use by several threads.
 */
public final class EndpointIndex {
    private static final Pattern MATRIX_PARAMETERS = Pattern.compile(";[^/]*");
    private static final EndpointPolicy OUTSIDE = EndpointPolicy.outsideEndpoints(true);

    private final Map<String, PathPolicies> literals = new HashMap<>();
    private final Map<Pattern, PathPolicies> patterns;
    private final Map<String, EndpointPolicy> prefixes = new HashMap<>();
    private final Collection<Class<?>> resources;

    /**
     * Creates an index of all endpoints of some resource classes.
     *
     * @param resources classes with {@code @Path}
     * @throws IllegalArgumentException if a path template is neither literal nor made of simple variables
     */
    public EndpointIndex(Collection<Class<?>> resources) {
        this.resources = resources;
        Map<PathTemplate, PathPolicies> templates = new HashMap<>();
        resources.forEach(resource ->
                Stream.of(resource.getDeclaredMethods()).forEach(method -> add(templates, resource, method)));
        this.patterns = templates.entrySet().stream()
                .sorted(Map.Entry.comparingByKey(PathTemplate.MOST_LITERAL_FIRST))
                .collect(Collectors.toMap(
                        it -> it.getKey().pattern(), Map.Entry::getValue, (a, _) -> a, LinkedHashMap::new));
    }

    private void add(Map<PathTemplate, PathPolicies> templates, Class<?> resource, Method method) {
        Path path = method.getAnnotation(Path.class);
        PathTemplate template =
                PathTemplate.join(resource.getAnnotation(Path.class).value(), path == null ? "" : path.value());
        httpMethod(method).ifPresent(httpMethod -> {
            EndpointPolicy policy = EndpointPolicy.of(resource, method, httpMethod);
            PathPolicies policies = template.isLiteral()
                    ? literals.computeIfAbsent(template.text(), _ -> new PathPolicies())
                    : templates.computeIfAbsent(template, _ -> new PathPolicies());
            policies.add(httpMethod, policy);
            template.literalPrefixes().forEach(prefix -> prefixes.merge(prefix, policy, EndpointPolicy::strictest));
        });
    }

    private static Optional<String> httpMethod(Method method) {
        return Stream.of(method.getAnnotations())
                .map(Annotation::annotationType)
                .filter(type -> type.isAnnotationPresent(HttpMethod.class))
                .map(type -> type.getAnnotation(HttpMethod.class).value())
                .findFirst();
    }

    /**
     * Returns the policy of a request. A request that matches no endpoint gets the strictest policy of the endpoints whose
     * path starts with the same segments; outside of those it is not rate limited, and errors are HTML pages for browsers.
     *
     * @param path decoded and normalized path, without a query
     */
    public EndpointPolicy policy(String httpMethod, String path) {
        PathPolicies literal = literals.get(path); // the common case, and all of the access path
        return literal == null ? search(httpMethod, path) : literal.policy(httpMethod);
    }

    private EndpointPolicy search(String httpMethod, String path) {
        String plain = MATRIX_PARAMETERS.matcher(path).replaceAll("");
        String canonical = plain.length() > 1 && plain.endsWith("/") ? plain.substring(0, plain.length() - 1) : plain;
        PathPolicies literal = literals.get(canonical);
        if (literal != null) {
            return literal.policy(httpMethod);
        }
        for (Map.Entry<Pattern, PathPolicies> candidate : patterns.entrySet()) {
            if (candidate.getKey().matcher(canonical).matches()) {
                return candidate.getValue().policy(httpMethod);
            }
        }
        return policyOfPrefix(canonical).forRejected(httpMethod);
    }

    private EndpointPolicy policyOfPrefix(String path) {
        for (int end = path.length(); end > 0; end = path.lastIndexOf('/', end - 1)) {
            EndpointPolicy policy = prefixes.get(path.substring(0, end));
            if (policy != null) {
                return policy;
            }
        }
        return OUTSIDE;
    }

    /** Returns the request headers that endpoints declare by {@link CorsHeaders}. */
    public Set<String> corsRequestHeaders() {
        return corsHeaders(CorsHeaders::request);
    }

    /** Returns the response headers that endpoints declare by {@link CorsHeaders}. */
    public Set<String> corsResponseHeaders() {
        return corsHeaders(CorsHeaders::response);
    }

    private Set<String> corsHeaders(Function<CorsHeaders, String[]> names) {
        return resources.stream()
                .filter(resource -> resource.isAnnotationPresent(CorsHeaders.class))
                .flatMap(resource -> Arrays.stream(names.apply(resource.getAnnotation(CorsHeaders.class))))
                .collect(Collectors.toUnmodifiableSet());
    }
}
