package dev.gatefold.access.http;

import dev.gatefold.access.decide.AccessDecider;
import dev.gatefold.access.decide.AccessQuery;
import dev.gatefold.access.decide.Decision;
import dev.gatefold.access.decide.Reader;
import dev.gatefold.access.http.ReaderResolver.ReaderSubject;
import dev.gatefold.access.meter.ReadRefund;
import dev.gatefold.catalog.CurrentCatalog;
import dev.gatefold.catalog.model.Article;
import dev.gatefold.platform.tracing.TraceMode;
import dev.gatefold.web.endpoint.OptionalBearerToken;
import dev.gatefold.web.endpoint.Traced;
import dev.gatefold.web.http.IdempotencyKey;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.annotation.security.PermitAll;
import jakarta.transaction.Transactional;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestHeader;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestResponse;

@Path("/v1/reads")
@OptionalBearerToken
@PermitAll
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Access")
class ReadsResource {
    /** One article, and for a service the reader who opens it, and where that reader is. */
    record OpenArticleRequest(
            String url,
            String source,
            String article,
            String section,
            String publishedAt,
            ReaderSubject subject,
            String country) {
        private ArticleRef articleRef() {
            return new ArticleRef(url, source, article, section, publishedAt);
        }
    }

    private final AccessDecider turnstile;
    private final ReadRefund reportNotLoaded;
    private final ReaderResolver asking;
    private final CurrentCatalog catalog;
    private final SecurityIdentity identity;
    private final Clock clock;

    ReadsResource(
            AccessDecider turnstile,
            ReadRefund notLoaded,
            ReaderResolver asking,
            CurrentCatalog catalog,
            SecurityIdentity identity,
            Clock clock) {
        this.turnstile = turnstile;
        this.reportNotLoaded = notLoaded;
        this.asking = asking;
        this.catalog = catalog;
        this.identity = identity;
        this.clock = clock;
    }

    @POST
    @Traced(TraceMode.EXPORT_SAMPLED)
    @Transactional
    @Operation(
            summary = "Open an article",
            description =
                    "Decides, spends the meter where the grant is metered (once for each article and period), and "
                            + "records the read. Two calls with one Idempotency-Key are one read.")
    @APIResponse(
            responseCode = "200",
            description = "The decision, with counted",
            content = @Content(schema = @Schema(implementation = Decision.class)))
    public RestResponse<Decision> open(
            @NotNull OpenArticleRequest opening,
            @RestHeader("Idempotency-Key") @Parameter(required = true) String key,
            @BeanParam ReaderResolver.AccessParams manner) {
        Instant now = clock.instant();
        IdempotencyKey.require(key);
        Article article = opening.articleRef().resolve(catalog.get(), "/");
        Reader reader = asking.resolveReader(identity, opening.subject, manner.visitor, now);
        var opened = turnstile.open(
                new AccessQuery(
                        reader, List.of(article), asking.requestContext(identity, manner, opening.country), now),
                key);
        return IdempotencyKey.withReplayedHeader(
                DecisionCacheHeaders.notStoredWithId(opened.decision()), opened.replayed());
    }

    /** For a service, the reader who did not get the article. */
    @Schema(name = "NotLoadedReport")
    record NotLoadedReport(ReaderSubject subject) {}

    /** Whether the meter has one more again. */
    record ReadRefundResponse(boolean givenBack) {}

    @POST
    @Path("/{key}/not-loaded")
    @Operation(
            summary = "Tell that an opened article did not load",
            description = "By the Idempotency-Key with which it was opened, within ten minutes. The publisher is not "
                    + "credited, and the meter gets the article back: up to three times in each of its periods.")
    @APIResponse(
            responseCode = "200",
            description = "Noted",
            content = @Content(schema = @Schema(implementation = ReadRefundResponse.class)))
    @APIResponse(responseCode = "404", description = "Nothing was opened under this key")
    @APIResponse(responseCode = "409", description = "It is too late for that")
    public ReadRefundResponse reportNotLoaded(
            @RestPath String key,
            @RequestBody(required = false) NotLoadedReport report,
            @BeanParam ReaderResolver.AccessParams manner) {
        Instant now = clock.instant();
        Reader reader = asking.resolveReader(identity, report == null ? null : report.subject, manner.visitor, now);
        List<UUID> holders = turnstile.meterHolders(reader, now);
        return new ReadRefundResponse(reportNotLoaded.report(holders, key, now));
    }
}
