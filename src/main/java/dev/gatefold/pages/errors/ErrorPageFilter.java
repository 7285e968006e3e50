package dev.gatefold.pages.errors;

import dev.gatefold.kernel.Problem;
import dev.gatefold.pages.layout.HtmlResponse;
import dev.gatefold.pages.layout.PageRenderer;
import dev.gatefold.pages.layout.ViewerFormats;
import dev.gatefold.pages.session.ViewerResolver;
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

/** What goes wrong is told in a page to whoever meets it in a browser; programs get it as the rest do. */
@Singleton
class ErrorPageFilter {
    /** Filters are made while the service is built, before there are settings. */
    private final Instance<PageRenderer> pages;

    private final Instance<EndpointPolicies> endpoints;

    ErrorPageFilter(Instance<PageRenderer> pages, Instance<EndpointPolicies> endpoints) {
        this.pages = pages;
        this.endpoints = endpoints;
    }

    /** What an endpoint has thrown. */
    @ServerResponseFilter
    void tell(ContainerRequestContext request, ContainerResponseContext response) {
        String accept = request.getHeaderString(HttpHeaders.ACCEPT);
        if (response.getEntity() instanceof ProblemJson problem
                && isForPeople(request.getMethod(), request.getUriInfo().getPath(), accept)) {
            String page = page(problem, ViewerResolver.locale(request.getHeaderString(HttpHeaders.ACCEPT_LANGUAGE)));
            response.setEntity(page, new Annotation[0], HtmlResponse.MEDIA_TYPE);
            HtmlResponse.securityHeaders("").forEach(response.getHeaders()::putSingle);
        }
    }

    /** What is at an address where nothing is; after all who might know it. */
    void register(@Observes Router router) {
        router.get().order(Integer.MAX_VALUE - 1).handler(this::lost);
    }

    private void lost(RoutingContext request) {
        String method = request.request().method().name();
        if (!isForPeople(method, request.normalizedPath(), request.request().getHeader(HttpHeaders.ACCEPT))) {
            request.next();
            return;
        }
        ProblemJson problem = ProblemJson.of(Problem.notFound("There is nothing here"), request.normalizedPath());
        String language = request.request().getHeader(HttpHeaders.ACCEPT_LANGUAGE);
        var response = request.response().setStatusCode(problem.status());
        response.putHeader(HttpHeaders.CONTENT_TYPE, HtmlResponse.MEDIA_TYPE.toString());
        HtmlResponse.securityHeaders("").forEach(response::putHeader);
        response.end(page(problem, ViewerResolver.locale(language)));
    }

    private boolean isForPeople(String method, String path, String accept) {
        return accept != null
                && accept.contains(MediaType.TEXT_HTML)
                && endpoints.get().hasHtmlErrors(method, path);
    }

    private String page(ProblemJson problem, Locale locale) {
        ErrorPage trouble =
                ErrorPage.of(problem, ViewerFormats.of(locale, ZoneOffset.UTC).words());
        return pages.get()
                .withLayout(PageRenderer.PageTemplates.trouble(trouble), locale)
                .render();
    }
}
