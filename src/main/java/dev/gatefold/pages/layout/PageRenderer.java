package dev.gatefold.pages.layout;

import dev.gatefold.pages.PageLanguages;
import dev.gatefold.pages.session.IssuerLogout;
import dev.gatefold.pages.session.Viewer;
import dev.gatefold.subscriptions.model.BillingProvider;
import dev.gatefold.web.SiteConfig;
import dev.gatefold.web.http.PageMessage;
import io.quarkus.qute.TemplateInstance;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.Response;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Renders page templates in the language of the viewer. */
@Singleton
public class PageRenderer {
    private final BillingProvider billing;
    private final IssuerLogout logout;
    private final SiteConfig site;

    PageRenderer(BillingProvider billing, IssuerLogout logout, SiteConfig site) {
        this.billing = billing;
        this.logout = logout;
        this.site = site;
    }

    /** Returns a 200 response with the page. Its forms may redirect to the billing provider's hosted pages, and to the issuer. */
    public Response.ResponseBuilder render(TemplateInstance template, Viewer viewer) {
        return render(template, viewer, message -> PageMessageTexts.text(message, ViewerFormats.of(viewer)));
    }

    /**
     * Returns a 200 response with the page, which words the message about what the reader has just done itself.
     *
     * @param text words the message
     */
    public Response.ResponseBuilder render(
            TemplateInstance template, Viewer viewer, Function<PageMessage, String> text) {
        Optional<String> message = viewer.message().map(text);
        var response = HtmlResponse.ok(
                withLayout(template, viewer.locale()).data("viewer", viewer).data("message", message.orElse(null)),
                formTargets(viewer));
        return message.isPresent() ? response.cookie(PageMessage.shown()) : response;
    }

    private String formTargets(Viewer viewer) {
        Set<String> signOut = viewer.reader().isPresent() ? logout.origins() : Set.of();
        return Stream.concat(billing.pageOrigins().stream(), signOut.stream())
                .distinct()
                .collect(Collectors.joining(" "));
    }

    /** Returns the template with the data that the layout needs. Without a viewer, the layout shows no navigation. */
    public TemplateInstance withLayout(TemplateInstance template, Locale locale) {
        return template.setLocale(PageLanguages.language(locale))
                .data("home", site.home())
                .data("language", locale.getLanguage());
    }
}
