package dev.gatefold.pages;

import dev.gatefold.subscriptions.BillingProvider;
import dev.gatefold.web.SiteConfig;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.Response;
import java.util.Locale;

/** Puts pages together: in the language of whoever looks at them. */
@Singleton
class Pages {
    @CheckedTemplate(basePath = "", requireTypeSafeExpressions = false)
    static final class Templates {
        private Templates() {}

        static native TemplateInstance wall(Wall wall);

        static native TemplateInstance account(AccountView account);

        static native TemplateInstance erasure();

        static native TemplateInstance trouble(Trouble trouble);
    }

    private final BillingProvider billing;
    private final SiteConfig site;

    Pages(BillingProvider billing, SiteConfig site) {
        this.billing = billing;
        this.site = site;
    }

    Response.ResponseBuilder html(TemplateInstance template, Viewer viewer) {
        return Html.page(
                dressed(template, viewer.locale()).data("viewer", viewer), String.join(" ", billing.pageOrigins()));
    }

    /** With what stands round every page. */
    TemplateInstance dressed(TemplateInstance template, Locale locale) {
        return template.setLocale(locale).data("home", site.home()).data("language", locale.getLanguage());
    }
}
