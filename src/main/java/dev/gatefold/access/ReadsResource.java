package dev.gatefold.access;

import dev.gatefold.access.Asking.Subject;
import dev.gatefold.catalog.Article;
import dev.gatefold.catalog.CurrentCatalog;
import dev.gatefold.web.IdempotencyKey;
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
@PermitAll
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Access")
class ReadsResource {
    /** One article, and for a service the reader who opens it, and where that reader is. */
    record Opening(
            String url,
            String source,
            String article,
            String section,
            String publishedAt,
            Subject subject,
            String country) {
        private ArticleAsked asked() {
            return new ArticleAsked(url, source, article, section, publishedAt);
        }
    }

    private final Turnstile turnstile;
    private final NotLoaded notLoaded;
    private final Asking asking;
    private final CurrentCatalog catalog;
    private final SecurityIdentity identity;
    private final Clock clock;

    ReadsResource(
            Turnstile turnstile,
            NotLoaded notLoaded,
            Asking asking,
            CurrentCatalog catalog,
            SecurityIdentity identity,
            Clock clock) {
        this.turnstile = turnstile;
        this.notLoaded = notLoaded;
        this.asking = asking;
        this.catalog = catalog;
        this.identity = identity;
        this.clock = clock;
    }

    @POST
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
            @NotNull Opening opening,
            @RestHeader("Idempotency-Key") @Parameter(required = true) String key,
            @BeanParam Asking.Manner manner) {
        Instant now = clock.instant();
        IdempotencyKey.require(key);
        Article article = opening.asked().in(catalog.get(), "/");
        Reader reader = asking.reader(identity, opening.subject, manner.visitor, now);
        var opened = turnstile.open(
                new Enquiry(reader, List.of(article), asking.circumstances(identity, manner, opening.country), now),
                key);
        return IdempotencyKey.marked(Revalidation.named(opened.decision()), opened.replayed());
    }

    /** For a service, the reader who did not get the article. */
    @Schema(name = "NotLoaded")
    record Report(Subject subject) {}

    /** Whether the meter has one more again. */
    record GivenBack(boolean givenBack) {}

    @POST
    @Path("/{key}/not-loaded")
    @Operation(
            summary = "Tell that an opened article did not load",
            description = "By the Idempotency-Key with which it was opened, within ten minutes. The publisher is not "
                    + "credited, and the meter gets the article back: up to three times in each of its periods.")
    @APIResponse(
            responseCode = "200",
            description = "Noted",
            content = @Content(schema = @Schema(implementation = GivenBack.class)))
    @APIResponse(responseCode = "404", description = "Nothing was opened under this key")
    @APIResponse(responseCode = "409", description = "It is too late for that")
    public GivenBack notLoaded(
            @RestPath String key, @RequestBody(required = false) Report report, @BeanParam Asking.Manner manner) {
        Instant now = clock.instant();
        Reader reader = asking.reader(identity, report == null ? null : report.subject, manner.visitor, now);
        List<UUID> holders = turnstile.holders(reader, now);
        return new GivenBack(notLoaded.tell(holders, key, now));
    }
}
