package dev.gatefold.pages.account;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/** Templates of the account pages. */
@CheckedTemplate(basePath = "", requireTypeSafeExpressions = false)
final class AccountTemplates {
    private AccountTemplates() {}

    static native TemplateInstance account(AccountView account);

    static native TemplateInstance erasure();

    static native TemplateInstance deleted();
}
