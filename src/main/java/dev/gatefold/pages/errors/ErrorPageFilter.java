package dev.gatefold.pages.errors;

import dev.gatefold.kernel.Problem;
import dev.gatefold.pages.PageLanguages;
import dev.gatefold.pages.layout.HtmlResponse;
import dev.gatefold.pages.layout.PageRenderer;
import dev.gatefold.pages.layout.ViewerFormats;
import dev.gatefold.web.endpoint.EndpointPolicies;
import dev.gatefold.web.problems.ProblemJson;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.lang.annotation.Annotation;
import java.time.ZoneOffset;
import java.util.Locale;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/** Replaces problem responses to browsers by error pages. Programs get {@code application/problem+json}. */
@Singleton
class ErrorPageFilter {
    /** Resolved lazily: filters are created during the build, before settings are available. */
    private final Instance<PageRenderer> pages;

    private final Instance<EndpointPolicies> endpoints;

    ErrorPageFilter(Instance<PageRenderer> pages, Instance<EndpointPolicies> endpoints) {
        this.pages = pages;
        this.endpoints = endpoints;
    }

    /** Replaces the problem that an endpoint has thrown. */
    @ServerResponseFilter
    void replaceProblem(ContainerRequestContext request, ContainerResponseContext response) {
        String accept = request.getHeaderString(HttpHeaders.ACCEPT);
        if (response.getEntity() instanceof ProblemJson problem
                && wantsPage(request.getMethod(), request.getUriInfo().getPath(), accept)) {
            String page = page(problem, PageLanguages.bestMatch(request.getHeaderString(HttpHeaders.ACCEPT_LANGUAGE)));
            response.setEntity(page, new Annotation[0], HtmlResponse.MEDIA_TYPE);
            HtmlResponse.securityHeaders("").forEach(response.getHeaders()::putSingle);
        }
    }

    /** Registers the page for unknown URLs as the last route. */
    void register(@Observes Router router) {
        router.get().order(Integer.MAX_VALUE - 1).handler(this::sendNotFound);
    }

    private void sendNotFound(RoutingContext request) {
        String method = request.request().method().name();
        if (!wantsPage(method, request.normalizedPath(), request.request().getHeader(HttpHeaders.ACCEPT))) {
            request.next();
            return;
        }
        ProblemJson problem = ProblemJson.of(Problem.notFound("No page has this URL"), request.normalizedPath());
        String language = request.request().getHeader(HttpHeaders.ACCEPT_LANGUAGE);
        var response = request.response().setStatusCode(problem.status());
        response.putHeader(HttpHeaders.CONTENT_TYPE, HtmlResponse.MEDIA_TYPE.toString());
        HtmlResponse.securityHeaders("").forEach(response::putHeader);
        response.end(page(problem, PageLanguages.bestMatch(language)));
    }

    private boolean wantsPage(String method, String path, String accept) {
        return accept != null
                && accept.contains(MediaType.TEXT_HTML)
                && endpoints.get().hasHtmlErrors(method, path);
    }

    private String page(ProblemJson problem, Locale locale) {
        ErrorPage error = ErrorPage.of(problem, new ViewerFormats(locale, ZoneOffset.UTC));
        return pages.get().withLayout(ErrorTemplates.error(error), locale).render();
    }
}
