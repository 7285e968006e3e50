package dev.gatefold.pages.wall;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** An article on a publisher's own site, with a strict Content-Security-Policy. */
final class PublisherPage {
    /** An origin that the settings of the tests allow to call the service. */
    static final String ADMITTED = "https://app.example.com";

    private static final String ARTICLE = """
            <!doctype html>
            <html lang="%s">
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>An article</title>
            <link rel="icon" href="data:,">
            <link rel="stylesheet" href="/style.css">
            <script type="module" src="%sgatefold.js"></script>
            <main>
              <h1>An article</h1>
              <p>The beginning.</p>
              <gatefold-wall %s></gatefold-wall>
              <div id="closed"><p>The closed text.</p></div>
            </main>
            </html>
            """;

    private static final String STYLE = """
            :root { color-scheme: light dark; font: 1rem/1.5 sans-serif }
            #closed { display: block }
            """;

    private static final String POLICY =
            "default-src 'none'; script-src %1$s; connect-src %1$s; style-src 'self'; img-src data:";

    private final Page page;
    private final String service;
    private final String origin;
    private final List<String> consoleErrors = new ArrayList<>();
    private final Set<String> requestedUrls = new HashSet<>();
    private String language = "en";
    private String attributes = "";

    PublisherPage(Page page, String service) {
        this(page, service, ADMITTED);
    }

    PublisherPage(Page page, String service, String origin) {
        this.page = page;
        this.service = service;
        this.origin = origin;
        page.route(origin + "/**", this::serve);
        page.onConsoleMessage(message -> consoleErrors.add(message.text()));
        page.onPageError(consoleErrors::add);
        page.onRequest(request -> requestedUrls.add(request.url()));
        page.addInitScript("""
                self.embedEvents = [];
                for (const name of ['decision', 'offer', 'error']) {
                  addEventListener(`gatefold:${name}`, ({type, detail}) => embedEvents.push(`${type} ${detail.reason ?? detail.kind}`));
                }
                """);
    }

    private void serve(Route route) {
        boolean style = route.request().url().endsWith(".css");
        route.fulfill(new Route.FulfillOptions()
                .setContentType(style ? "text/css" : "text/html")
                .setHeaders(Map.of("Content-Security-Policy", POLICY.formatted(service)))
                .setBody(style ? STYLE : ARTICLE.formatted(language, service, attributes)));
    }

    PublisherPage withLanguage(String language) {
        this.language = language;
        return this;
    }

    /** Opens an article whose element has the attributes. */
    Page showArticle(String article, String... attributes) {
        return showArticleWithFragment("", article, attributes);
    }

    /** Opens an article with a fragment in its URL. */
    Page showArticleWithFragment(String fragment, String article, String... attributes) {
        this.attributes = "article=\"" + article + "\" " + String.join(" ", attributes);
        page.navigate("about:blank");
        page.navigate(origin + "/article.html" + fragment);
        return page;
    }

    static String tokenAttribute(String token) {
        return "token=\"" + token + "\"";
    }

    /** Returns the events of the embed, each as its name and its reason or kind. */
    List<?> embedEvents() {
        return (List<?>) page.evaluate("embedEvents");
    }

    /** Returns the browser's console messages and page errors, such as blocked styles and scripts. */
    List<String> consoleErrors() {
        return consoleErrors;
    }

    /** Returns the URLs of all requests. */
    Set<String> requestedUrls() {
        return requestedUrls;
    }
}
