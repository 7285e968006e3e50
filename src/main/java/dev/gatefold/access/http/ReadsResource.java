package dev.gatefold.access.http;

import dev.gatefold.access.decide.AccessQuery;
import dev.gatefold.access.decide.ArticleOpener;
import dev.gatefold.access.decide.Decision;
import dev.gatefold.access.decide.MeterHolders;
import dev.gatefold.access.decide.OpenedArticle;
import dev.gatefold.access.decide.Reader;
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

/** Opens articles and refunds those that did not load. */
@Path("/v1/reads")
@OptionalBearerToken
@PermitAll
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Access")
class ReadsResource {
    /**
     * Request to open an article.
     *
     * @param subject reader for whom a service opens it; null for the caller
     * @param country country of the reader, as sent by a service; null if not sent
     */
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

    /**
     * Report that an article did not load.
     *
     * @param subject reader for whom a service reports it; null for the caller
     */
    @Schema(name = "NotLoadedReport")
    record NotLoadedReport(ReaderSubject subject) {}

    /** @param givenBack whether the meter was refunded */
    record ReadRefundResponse(boolean givenBack) {}

    private final ArticleOpener opener;
    private final ReadRefund refund;
    private final MeterHolders holders;
    private final ReaderResolver readers;
    private final CurrentCatalog catalog;
    private final SecurityIdentity identity;
    private final Clock clock;

    ReadsResource(
            ArticleOpener opener,
            ReadRefund refund,
            MeterHolders holders,
            ReaderResolver readers,
            CurrentCatalog catalog,
            SecurityIdentity identity,
            Clock clock) {
        this.opener = opener;
        this.refund = refund;
        this.holders = holders;
        this.readers = readers;
        this.catalog = catalog;
        this.identity = identity;
        this.clock = clock;
    }

    @POST
    @Traced(TraceMode.EXPORT_SAMPLED)
    @Transactional
    @Operation(
            operationId = "openArticle",
            summary = "Open an article",
            description = "Decides, consumes the meter if the grant is metered (once per article and period), and "
                    + "records the read. Requests with the same Idempotency-Key are one read.")
    @APIResponse(
            responseCode = "200",
            description = "The decision, with counted",
            content = @Content(schema = @Schema(implementation = Decision.class)))
    public RestResponse<Decision> open(
            @NotNull OpenArticleRequest request,
            @RestHeader("Idempotency-Key") @Parameter(required = true) String key,
            @BeanParam AccessParams params) {
        Instant now = clock.instant();
        IdempotencyKey.require(key);
        Article article = request.articleRef().resolve(catalog.get(), "/");
        AccessQuery query =
                readers.resolveQuery(identity, params, request.subject, request.country, List.of(article), now);
        OpenedArticle opened = opener.open(query, key);
        return IdempotencyKey.withReplayedHeader(
                DecisionCacheHeaders.notStoredWithId(opened.decision()), opened.replayed());
    }

    @POST
    @Path("/{key}/not-loaded")
    @Operation(
            operationId = "reportReadNotLoaded",
            summary = "Report that an opened article did not load",
            description = "Send the Idempotency-Key of the read within ten minutes. The publisher is not paid for the "
                    + "read, and the meter is refunded, up to three times per period.")
    @APIResponse(
            responseCode = "200",
            description = "The report is stored",
            content = @Content(schema = @Schema(implementation = ReadRefundResponse.class)))
    @APIResponse(responseCode = "404", description = "The reader opened no article with this key")
    @APIResponse(responseCode = "409", description = "The read is too old, or there are too many reports")
    public ReadRefundResponse reportNotLoaded(
            @RestPath String key,
            @RequestBody(required = false) NotLoadedReport report,
            @BeanParam AccessParams params) {
        Instant now = clock.instant();
        ReaderSubject subject = report == null ? null : report.subject;
        Reader reader = readers.resolveReader(identity, subject, params.visitor, now);
        return new ReadRefundResponse(refund.report(holders.find(reader, now), key, now));
    }
}
