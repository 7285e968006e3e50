package dev.gatefold.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.gatefold.accounts.account.Account;
import dev.gatefold.accounts.account.Accounts;
import dev.gatefold.catalog.Catalog;
import dev.gatefold.catalog.CurrentCatalog;
import dev.gatefold.catalog.model.Article;
import dev.gatefold.entitlements.Coverage;
import dev.gatefold.entitlements.Entitlement;
import dev.gatefold.entitlements.EntitlementBasis;
import dev.gatefold.kernel.Identity;
import dev.gatefold.kernel.InstantParser;
import dev.gatefold.kernel.Problem;
import dev.gatefold.kernel.Term;
import dev.gatefold.web.http.Caller;
import dev.gatefold.web.http.IdempotencyKey;
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
class StaffGrantsResource {
    /** What staff may give; all else comes from the reader's own doings. */
    private static final Set<EntitlementBasis> GIVEN =
            Set.of(EntitlementBasis.COMPLIMENTARY, EntitlementBasis.GIFT, EntitlementBasis.PURCHASED);

    /**
     * A right to be given: to what a plan covers, or to one article, by its address or by source and reference.
     *
     * @param basis COMPLIMENTARY unless said; PURCHASED for a day pass or a single article that was bought
     * @param from now unless said
     * @param until without an end unless said
     */
    @Schema(name = "GrantRequest")
    record GrantRequest(
            @NotNull @Valid GrantSubject subject,
            EntitlementBasis basis,
            String plan,
            String url,
            String source,
            @Size(max = 500) String article,
            Instant from,
            Instant until,
            @NotBlank @Size(max = 500) String reason) {}

    @Schema(name = "GrantSubject")
    record GrantSubject(@NotNull String issuer, @NotNull String subject) {}

    /** What was given, by whom and why. What the right is now, the reader's membership tells. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "StaffGrant")
    record StaffGrantDetails(
            UUID id, String reason, String grantedBy, Instant grantedAt, String endedBy, Instant endedAt) {
        private static StaffGrantDetails of(StaffGrant grant) {
            return new StaffGrantDetails(
                    grant.id, grant.reason, grant.grantedBy, grant.grantedAt, grant.endedBy, grant.endedAt);
        }
    }

    record StaffGrantList(List<StaffGrantDetails> items) {}

    private final StaffGrants grants;
    private final Accounts accounts;
    private final CurrentCatalog catalog;
    private final SecurityIdentity identity;
    private final Clock clock;

    StaffGrantsResource(
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
            content = @Content(schema = @Schema(implementation = StaffGrantDetails.class)))
    @APIResponse(responseCode = "200", description = "It was given before under this key")
    @APIResponse(responseCode = "404", description = "The reader has no account")
    @Transactional
    public RestResponse<StaffGrantDetails> give(
            @RestHeader("Idempotency-Key") @Parameter(required = true) String key,
            @NotNull @Valid GrantRequest wanted) {
        Instant now = clock.instant();
        IdempotencyKey.require(key);
        EntitlementBasis basis = Optional.ofNullable(wanted.basis).orElse(EntitlementBasis.COMPLIMENTARY);
        if (!GIVEN.contains(basis)) {
            throw Problem.invalid("/basis", "is none of COMPLIMENTARY, GIFT, PURCHASED");
        }
        var outcome = grants.grantOnce(
                account(wanted.subject.issuer, wanted.subject.subject, "/subject"),
                new Entitlement(basis, "", coverage(wanted), term(wanted, now)),
                wanted.reason,
                wanted.toString(),
                staff(),
                key,
                now);
        RestResponse<StaffGrantDetails> answer = RestResponse.ResponseBuilder.<StaffGrantDetails>create(
                        outcome.isNew() ? 201 : 200)
                .entity(StaffGrantDetails.of(outcome.grant()))
                .build();
        return IdempotencyKey.withReplayedHeader(answer, !outcome.isNew());
    }

    private Coverage coverage(GrantRequest wanted) {
        Catalog catalog = this.catalog.get();
        if (wanted.plan != null) {
            if (wanted.url != null || wanted.source != null || wanted.article != null) {
                throw Problem.invalid("/plan", "stands beside an article; give one or the other");
            }
            return catalog.plan(wanted.plan)
                    .map(plan -> new Coverage.PlanCoverage(plan.slug()))
                    .orElseThrow(() -> Problem.invalid("/plan", "is not the slug of a plan"));
        }
        if ((wanted.url == null) == (wanted.source == null || wanted.article == null)) {
            throw Problem.invalid("/plan", "is missing; give plan, or url, or source and article");
        }
        Article article = wanted.url != null
                ? catalog.articleByUrl(wanted.url, "/url")
                : catalog.articleByReference(wanted.source, wanted.article);
        return article.source()
                .map(source -> new Coverage.ArticleCoverage(source.slug(), article.key(), article.name()))
                .orElseThrow(() -> Problem.invalid(wanted.url != null ? "/url" : "/source", "is of no source"));
    }

    private static Term term(GrantRequest wanted, Instant now) {
        Instant from = wanted.from == null ? now : usable(wanted.from, "/from");
        Optional<Instant> until = Optional.ofNullable(wanted.until).map(it -> usable(it, "/until"));
        try {
            return new Term(from, until);
        } catch (IllegalArgumentException e) {
            throw Problem.invalid("/until", "is not after the beginning");
        }
    }

    private static Instant usable(Instant instant, String pointer) {
        return InstantParser.normalize(instant).orElseThrow(() -> Problem.invalid(pointer, "is too far away"));
    }

    @GET
    @Operation(summary = "What staff have given to a reader, the newest first", description = "What has ended, too.")
    @Transactional
    public StaffGrantList list(@RestQuery @NotNull String issuer, @RestQuery @NotNull String subject) {
        return new StaffGrantList(grants.byAccount(account(issuer, subject, "subject").id).stream()
                .map(StaffGrantDetails::of)
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
            return accounts.findByIdentity(new Identity(issuer, subject))
                    .orElseThrow(() -> Problem.notFound("The reader has no account"));
        } catch (IllegalArgumentException e) {
            throw Problem.invalid(pointer, e.getMessage());
        }
    }

    private String staff() {
        return Caller.of(identity).requireReader().subject();
    }
}
