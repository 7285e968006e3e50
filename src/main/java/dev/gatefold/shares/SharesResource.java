package dev.gatefold.shares;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.gatefold.accounts.Account;
import dev.gatefold.accounts.Accounts;
import dev.gatefold.accounts.NoAccount;
import dev.gatefold.catalog.Article;
import dev.gatefold.catalog.Catalog;
import dev.gatefold.catalog.CurrentCatalog;
import dev.gatefold.catalog.Window;
import dev.gatefold.entitlements.Standing;
import dev.gatefold.entitlements.Standings;
import dev.gatefold.kernel.Identity;
import dev.gatefold.kernel.Problem;
import dev.gatefold.web.Caller;
import dev.gatefold.web.SiteConfig;
import io.quarkus.security.Authenticated;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.transaction.Transactional;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
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
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestResponse;

@Path("/v1/me/shares")
@Authenticated
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Membership")
class SharesResource {
    /** The article that is to be given away, by its address. */
    record Gift(@NotNull String url) {}

    /**
     * A link, as its giver sees it.
     *
     * @param link what to send to others; it leads to the article
     * @param opened devices that have used it, of {@code devices} that may
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Link(
            String code,
            String link,
            String source,
            String article,
            Instant givenAt,
            Instant expiresAt,
            Instant revokedAt,
            int opened,
            int devices) {}

    /** What was given away, the newest first, and what may be given yet in this month. */
    record Links(List<Link> items, long left, Instant renewsAt) {}

    private final GiveAway giveAway;
    private final Shares shares;
    private final SharesConfig config;
    private final Accounts accounts;
    private final Standings standings;
    private final CurrentCatalog catalog;
    private final SiteConfig site;
    private final SecurityIdentity identity;
    private final Clock clock;

    SharesResource(
            GiveAway giveAway,
            Shares shares,
            SharesConfig config,
            Accounts accounts,
            Standings standings,
            CurrentCatalog catalog,
            SiteConfig site,
            SecurityIdentity identity,
            Clock clock) {
        this.giveAway = giveAway;
        this.shares = shares;
        this.config = config;
        this.accounts = accounts;
        this.standings = standings;
        this.catalog = catalog;
        this.site = site;
        this.identity = identity;
        this.clock = clock;
    }

    @POST
    @ResponseStatus(201)
    @Operation(
            summary = "Give an article away",
            description = "A link that the first devices may open for some days, from a monthly budget. "
                    + "The same article again is the same link, as long as it is good.")
    @APIResponse(
            responseCode = "201",
            description = "The link is new",
            content = @Content(schema = @Schema(implementation = Link.class)))
    @APIResponse(responseCode = "200", description = "The link existed")
    @APIResponse(responseCode = "409", description = "No member, or nothing left of the budget")
    @Transactional
    public RestResponse<Link> give(@NotNull Gift gift) {
        Instant now = clock.instant();
        Account account = mine();
        Catalog catalog = this.catalog.get();
        Article article = catalog.articleAt(gift.url, "/url");
        if (article.source().isEmpty()) {
            throw Problem.invalid("/url", "belongs to no source");
        }
        Standing standing = standings.reloaded(account.identity(), now);
        if (standing.stale()) {
            throw Problem.unavailable("database");
        }
        var outcome = giveAway.give(standing, article, catalog, now);
        return RestResponse.ResponseBuilder.<Link>create(outcome.isNew() ? 201 : 200)
                .entity(link(outcome.share()))
                .build();
    }

    @GET
    @Operation(summary = "What the caller has given away")
    @Transactional
    public Links list() {
        Account account = mine();
        Window.Period month = GiveAway.month(clock.instant());
        long given = shares.givenSince(account.id, month.beginsAt());
        return new Links(
                shares.of(account.id).stream().map(this::link).toList(),
                Math.max(0, config.monthly() - given),
                month.resetsAt());
    }

    @DELETE
    @Path("/{code}")
    @Operation(summary = "Take a link back", description = "From now on it opens nothing; it stays counted.")
    @APIResponse(responseCode = "204", description = "It opens nothing")
    @Transactional
    public void revoke(@RestPath String code) {
        UUID account = mine().id;
        Share share = shares.findByIdOptional(code)
                .filter(it -> it.accountId.equals(account))
                .orElseThrow(() -> Problem.notFound("No such link"));
        shares.revoke(share.code, clock.instant());
    }

    private Account mine() {
        Identity reader = Caller.of(identity).requireReader();
        return accounts.of(reader).orElseThrow(NoAccount::problem);
    }

    private Link link(Share share) {
        return new Link(
                share.code,
                site.at("/share/" + share.code),
                share.source,
                share.articleName,
                share.givenAt,
                share.expiresAt,
                share.revokedAt,
                share.devices.length,
                config.devices());
    }
}
