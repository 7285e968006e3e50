package dev.gatefold.web.endpoint;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Path;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The paths of the endpoints that are marked with {@link LinkedAs}. Immutable and safe for use by several threads. */
@Singleton
public class EndpointLinks {
    private static final Pattern VARIABLE = Pattern.compile("\\{\\w+}");

    private final Map<LinkTarget, String> paths = new EnumMap<>(LinkTarget.class);

    @Inject
    EndpointLinks(ResourceClasses resources) {
        this(resources.all());
    }

    /**
     * Reads the annotations of resource classes.
     *
     * @param resources classes with {@code @Path}
     * @throws IllegalStateException if a target is served by two methods or by none
     */
    public EndpointLinks(Collection<Class<?>> resources) {
        for (Class<?> resource : resources) {
            for (Method method : resource.getDeclaredMethods()) {
                LinkedAs link = method.getAnnotation(LinkedAs.class);
                if (link != null && paths.put(link.value(), path(resource, method)) != null) {
                    throw new IllegalStateException("Two endpoints are linked as " + link.value());
                }
            }
        }
        Set<LinkTarget> missing = EnumSet.allOf(LinkTarget.class);
        missing.removeAll(paths.keySet());
        if (!missing.isEmpty()) {
            throw new IllegalStateException("No endpoint is linked as " + missing);
        }
    }

    private static String path(Class<?> resource, Method method) {
        return PathTemplate.join(path(resource), path(method)).text();
    }

    private static String path(AnnotatedElement element) {
        Path path = element.getAnnotation(Path.class);
        return path == null ? "" : path.value();
    }

    /** Returns the path of a target that has no variable, such as {@code /v1/me/checkout}. */
    public String path(LinkTarget target) {
        return paths.get(target);
    }

    /** Returns the path of a target with one variable. {@code value} must be safe in a URL. */
    public String path(LinkTarget target, String value) {
        return VARIABLE.matcher(path(target)).replaceFirst(Matcher.quoteReplacement(value));
    }
}
