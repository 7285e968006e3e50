package dev.gatefold.pages.wall;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/** Templates of the paywall page. */
@CheckedTemplate(basePath = "", requireTypeSafeExpressions = false)
final class WallTemplates {
    private WallTemplates() {}

    static native TemplateInstance wall(WallView wall);
}
