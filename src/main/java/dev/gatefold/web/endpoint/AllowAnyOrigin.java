package dev.gatefold.web.endpoint;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Lets pages of every origin load the response of a GET method. For public files only: all other endpoints accept the
 * origins in {@code gatefold.site.origins}.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface AllowAnyOrigin {}
