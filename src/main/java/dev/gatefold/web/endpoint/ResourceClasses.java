package dev.gatefold.web.endpoint;

import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Path;
import java.util.Set;
import java.util.stream.Collectors;

/** The resource classes of the running service. */
@Singleton
final class ResourceClasses {
    private final Set<Class<?>> classes;

    ResourceClasses(BeanManager beans) {
        this.classes = beans.getBeans(Object.class, Any.Literal.INSTANCE).stream()
                .map(Bean::getBeanClass)
                .filter(type -> type.isAnnotationPresent(Path.class))
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Returns all classes with {@code @Path}. */
    Set<Class<?>> all() {
        return classes;
    }
}
