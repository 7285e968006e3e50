package dev.gatefold.web.endpoint;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Sets the largest request body that an endpoint accepts; larger ones are rejected with status 413. Without it the limit
 * is {@link #DEFAULT} bytes. On a method it overrides that of the class.
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
public @interface MaxRequestBody {
    /** 512 KiB, enough for a batch of one hundred articles. */
    long DEFAULT = 512 * 1024;

    /** Limit in bytes, at most the 16 MiB of {@code quarkus.http.limits.max-body-size}. */
    long value();
}
