package dev.gatefold.pages.layout;

import dev.gatefold.pages.account.AccountView;
import dev.gatefold.pages.errors.ErrorPage;
import dev.gatefold.pages.session.Viewer;
import dev.gatefold.pages.wall.WallView;
import dev.gatefold.subscriptions.model.BillingProvider;
import dev.gatefold.web.SiteConfig;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.Response;
import java.util.Locale;

/** Puts pages together: in the language of whoever looks at them. */
@Singleton
public class PageRenderer {
    @CheckedTemplate(basePath = "", requireTypeSafeExpressions = false)
    public static final class PageTemplates {
        private PageTemplates() {}

        public static native TemplateInstance wall(WallView wall);

        public static native TemplateInstance account(AccountView account);

        public static native TemplateInstance erasure();

        public static native TemplateInstance trouble(ErrorPage trouble);
    }

    private final BillingProvider billing;
    private final SiteConfig site;

    PageRenderer(BillingProvider billing, SiteConfig site) {
        this.billing = billing;
        this.site = site;
    }

    public Response.ResponseBuilder render(TemplateInstance template, Viewer viewer) {
        return HtmlResponse.ok(
                withLayout(template, viewer.locale()).data("viewer", viewer), String.join(" ", billing.pageOrigins()));
    }

    /** With what stands round every page. */
    public TemplateInstance withLayout(TemplateInstance template, Locale locale) {
        return template.setLocale(locale).data("home", site.home()).data("language", locale.getLanguage());
    }
}
