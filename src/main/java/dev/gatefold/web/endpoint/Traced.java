package dev.gatefold.web.endpoint;

import dev.gatefold.platform.tracing.TraceMode;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Sets how requests to an endpoint are traced. Without it, GET, HEAD and OPTIONS requests are {@link TraceMode#SAMPLED} and
 * all others {@link TraceMode#ALWAYS} traced.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface Traced {
    TraceMode value();
}
