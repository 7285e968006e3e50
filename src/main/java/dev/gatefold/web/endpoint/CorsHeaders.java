package dev.gatefold.web.endpoint;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Names headers that pages of allowed origins may use, in addition to the standard headers of {@code CorsPolicy}. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface CorsHeaders {
    /** Request headers that scripts may set. */
    String[] request() default {};

    /** Response headers that scripts may read. */
    String[] response() default {};
}
