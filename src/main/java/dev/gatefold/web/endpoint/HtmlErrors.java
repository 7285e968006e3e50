package dev.gatefold.web.endpoint;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks endpoints that people open in a browser: errors are HTML pages if the request accepts {@code text/html}. Errors of
 * all other endpoints are problem documents (RFC 9457).
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface HtmlErrors {}
