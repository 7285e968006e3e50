package dev.gatefold.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.gatefold.accounts.Account;
import dev.gatefold.accounts.Accounts;
import dev.gatefold.catalog.Article;
import dev.gatefold.catalog.Catalog;
import dev.gatefold.catalog.CurrentCatalog;
import dev.gatefold.entitlements.Basis;
import dev.gatefold.entitlements.Coverage;
import dev.gatefold.entitlements.Right;
import dev.gatefold.kernel.Identity;
import dev.gatefold.kernel.Problem;
import dev.gatefold.kernel.Term;
import dev.gatefold.kernel.Times;
import dev.gatefold.web.Caller;
import dev.gatefold.web.IdempotencyKey;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.annotation.security.RolesAllowed;
import jakarta.transaction.Transactional;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jboss.resteasy.reactive.RestHeader;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestResponse;

@Path("/admin/v1/grants")
@RolesAllowed({Caller.SUPPORT, Caller.ADMIN})
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Back office")
class GrantsResource {
    /** What staff may give; all else comes from the reader's own doings. */
    private static final Set<Basis> GIVEN = Set.of(Basis.COMPLIMENTARY, Basis.GIFT, Basis.PURCHASED);

    /**
     * A right to be given: to what a plan covers, or to one article, by its address or by source and reference.
     *
     * @param basis COMPLIMENTARY unless said; PURCHASED for a day pass or a single article that was bought
     * @param from now unless said
     * @param until without an end unless said
     */
    @Schema(name = "GrantWanted")
    record Wanted(
            @NotNull @Valid Subject subject,
            Basis basis,
            String plan,
            String url,
            String source,
            @Size(max = 500) String article,
            Instant from,
            Instant until,
            @NotBlank @Size(max = 500) String reason) {}

    @Schema(name = "GrantSubject")
    record Subject(@NotNull String issuer, @NotNull String subject) {}

    /** What was given, by whom and why. What the right is now, the reader's membership tells. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "StaffGrant")
    record Given(UUID id, String reason, String grantedBy, Instant grantedAt, String endedBy, Instant endedAt) {
        private static Given of(StaffGrant grant) {
            return new Given(grant.id, grant.reason, grant.grantedBy, grant.grantedAt, grant.endedBy, grant.endedAt);
        }
    }

    record Grants(List<Given> items) {}

    private final StaffGrants grants;
    private final Accounts accounts;
    private final CurrentCatalog catalog;
    private final SecurityIdentity identity;
    private final Clock clock;

    GrantsResource(
            StaffGrants grants, Accounts accounts, CurrentCatalog catalog, SecurityIdentity identity, Clock clock) {
        this.grants = grants;
        this.accounts = accounts;
        this.catalog = catalog;
        this.identity = identity;
        this.clock = clock;
    }

    @POST
    @ResponseStatus(201)
    @Operation(
            summary = "Give a reader a right, with a reason",
            description = "To what a plan covers (a day pass is a plan for a day), or to one article.")
    @APIResponse(
            responseCode = "201",
            description = "Given",
            content = @Content(schema = @Schema(implementation = Given.class)))
    @APIResponse(responseCode = "200", description = "It was given before under this key")
    @APIResponse(responseCode = "404", description = "The reader has no account")
    @Transactional
    public RestResponse<Given> give(
            @RestHeader("Idempotency-Key") @Parameter(required = true) String key, @NotNull @Valid Wanted wanted) {
        Instant now = clock.instant();
        IdempotencyKey.require(key);
        Basis basis = Optional.ofNullable(wanted.basis).orElse(Basis.COMPLIMENTARY);
        if (!GIVEN.contains(basis)) {
            throw Problem.invalid("/basis", "is none of COMPLIMENTARY, GIFT, PURCHASED");
        }
        var outcome = grants.give(
                account(wanted.subject.issuer, wanted.subject.subject, "/subject"),
                new Right(basis, "", coverage(wanted), term(wanted, now)),
                wanted.reason,
                wanted.toString(),
                staff(),
                key,
                now);
        RestResponse<Given> answer = RestResponse.ResponseBuilder.<Given>create(outcome.isNew() ? 201 : 200)
                .entity(Given.of(outcome.grant()))
                .build();
        return IdempotencyKey.marked(answer, !outcome.isNew());
    }

    private Coverage coverage(Wanted wanted) {
        Catalog catalog = this.catalog.get();
        if (wanted.plan != null) {
            if (wanted.url != null || wanted.source != null || wanted.article != null) {
                throw Problem.invalid("/plan", "stands beside an article; give one or the other");
            }
            return catalog.plan(wanted.plan)
                    .map(plan -> new Coverage.OfPlan(plan.slug()))
                    .orElseThrow(() -> Problem.invalid("/plan", "is not the slug of a plan"));
        }
        if ((wanted.url == null) == (wanted.source == null || wanted.article == null)) {
            throw Problem.invalid("/plan", "is missing; give plan, or url, or source and article");
        }
        Article article = wanted.url != null
                ? catalog.articleAt(wanted.url, "/url")
                : catalog.article(wanted.source, wanted.article);
        return article.source()
                .map(source -> new Coverage.OfArticle(source.slug(), article.key(), article.name()))
                .orElseThrow(() -> Problem.invalid(wanted.url != null ? "/url" : "/source", "is of no source"));
    }

    private static Term term(Wanted wanted, Instant now) {
        Instant from = wanted.from == null ? now : usable(wanted.from, "/from");
        Optional<Instant> until = Optional.ofNullable(wanted.until).map(it -> usable(it, "/until"));
        try {
            return new Term(from, until);
        } catch (IllegalArgumentException e) {
            throw Problem.invalid("/until", "is not after the beginning");
        }
    }

    private static Instant usable(Instant instant, String pointer) {
        return Times.usable(instant).orElseThrow(() -> Problem.invalid(pointer, "is too far away"));
    }

    @GET
    @Operation(summary = "What staff have given to a reader, the newest first", description = "What has ended, too.")
    @Transactional
    public Grants list(@RestQuery @NotNull String issuer, @RestQuery @NotNull String subject) {
        return new Grants(grants.of(account(issuer, subject, "subject").id).stream()
                .map(Given::of)
                .toList());
    }

    @DELETE
    @Path("/{id}")
    @Operation(summary = "End a right that staff have given", description = "From now on; it stays written.")
    @APIResponse(responseCode = "204", description = "It has ended")
    public void end(@RestPath UUID id) {
        grants.end(id, staff(), clock.instant());
    }

    private Account account(String issuer, String subject, String pointer) {
        try {
            return accounts.of(new Identity(issuer, subject))
                    .orElseThrow(() -> Problem.notFound("The reader has no account"));
        } catch (IllegalArgumentException e) {
            throw Problem.invalid(pointer, e.getMessage());
        }
    }

    private String staff() {
        return Caller.of(identity).requireReader().subject();
    }
}
