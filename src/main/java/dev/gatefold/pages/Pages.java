package dev.gatefold.pages;

import dev.gatefold.accounts.Account;
import dev.gatefold.accounts.Accounts;
import dev.gatefold.subscriptions.BillingProvider;
import dev.gatefold.web.SiteConfig;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.quarkus.qute.i18n.Localized;
import io.quarkus.qute.i18n.MessageBundles;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.Response;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Optional;

/** Puts pages together: in the language and the time zone of whoever looks at them. */
@Singleton
class Pages {
    @CheckedTemplate(basePath = "", requireTypeSafeExpressions = false)
    static final class Templates {
        private Templates() {}

        static native TemplateInstance wall(Wall wall, Viewer viewer);

        static native TemplateInstance account(AccountView account, Viewer viewer);
    }

    private final Accounts accounts;
    private final BillingProvider billing;
    private final SiteConfig site;

    Pages(Accounts accounts, BillingProvider billing, SiteConfig site) {
        this.accounts = accounts;
        this.billing = billing;
        this.site = site;
    }

    Formats formats(Viewer viewer) {
        Locale locale = viewer.locale();
        Words words = MessageBundles.get(Words.class, Localized.Literal.of(locale.toLanguageTag()));
        return new Formats(words, locale, zone(viewer));
    }

    private ZoneId zone(Viewer viewer) {
        Optional<Account> account = viewer.reader()
                .flatMap(reader -> QuarkusTransaction.requiringNew().call(() -> accounts.of(reader)));
        return account.map(it -> it.timeZone).map(ZoneId::of).orElse(ZoneOffset.UTC);
    }

    Response html(TemplateInstance template, Viewer viewer) {
        template.setLocale(viewer.locale()).data("home", site.home());
        return Html.page(template, String.join(" ", billing.pageOrigins())).build();
    }
}
