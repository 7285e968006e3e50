package dev.gatefold.pages.errors;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/** Templates of error pages. */
@CheckedTemplate(basePath = "", requireTypeSafeExpressions = false)
final class ErrorTemplates {
    private ErrorTemplates() {}

    static native TemplateInstance error(ErrorPage error);
}
