package dev.gatefold.admin;

import dev.gatefold.accounts.account.Account;
import dev.gatefold.accounts.account.Accounts;
import dev.gatefold.catalog.CurrentCatalog;
import dev.gatefold.entitlements.Entitlement;
import dev.gatefold.kernel.Identity;
import dev.gatefold.kernel.Problem;
import dev.gatefold.web.http.Caller;
import dev.gatefold.web.http.IdempotencyKey;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.annotation.security.RolesAllowed;
import jakarta.transaction.Transactional;
import jakarta.validation.Valid;
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
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jboss.resteasy.reactive.RestHeader;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestResponse;

/** Back-office endpoints for entitlements that staff grant. */
@Path("/admin/v1/grants")
@RolesAllowed({Caller.SUPPORT, Caller.ADMIN})
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Back office")
class StaffGrantsResource {
    /** The grants to one reader. */
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

    /** Grants an entitlement. */
    @POST
    @ResponseStatus(201)
    @Operation(
            operationId = "grantEntitlement",
            summary = "Grant an entitlement to a reader",
            description = "Covers the sources of a plan, or one article. For a day pass, grant a plan for one day.")
    @APIResponse(
            responseCode = "201",
            description = "The entitlement was granted",
            content = @Content(schema = @Schema(implementation = StaffGrantDetails.class)))
    @APIResponse(responseCode = "200", description = "An earlier request with this idempotency key granted it")
    @APIResponse(responseCode = "404", description = "The reader has no account")
    @Transactional
    public RestResponse<StaffGrantDetails> grant(
            @RestHeader("Idempotency-Key") @Parameter(required = true) String key,
            @NotNull @Valid GrantRequest request) {
        Instant now = clock.instant();
        IdempotencyKey.require(key);
        Entitlement entitlement =
                new Entitlement(request.requireBasis(), "", request.coverage(catalog.get()), request.term(now));
        Account account =
                requireAccount(request.subject().issuer(), request.subject().subject(), "/subject");
        var result =
                grants.grantOnce(account, entitlement, request.reason(), request.toString(), staffMember(), key, now);
        RestResponse<StaffGrantDetails> response = RestResponse.ResponseBuilder.<StaffGrantDetails>create(
                        result.isNew() ? 201 : 200)
                .entity(StaffGrantDetails.of(result.grant()))
                .build();
        return IdempotencyKey.withReplayedHeader(response, !result.isNew());
    }

    /** Returns the grants to a reader. */
    @GET
    @Operation(
            operationId = "listStaffGrants",
            summary = "List the grants to a reader",
            description = "Returns current and ended grants, the latest first.")
    @Transactional
    public StaffGrantList list(@RestQuery @NotNull String issuer, @RestQuery @NotNull String subject) {
        Account account = requireAccount(issuer, subject, "subject");
        return new StaffGrantList(grants.findByAccount(account.id).stream()
                .map(StaffGrantDetails::of)
                .toList());
    }

    /** Ends a grant. */
    @DELETE
    @Path("/{id}")
    @Operation(
            operationId = "endStaffGrant",
            summary = "End a grant",
            description = "Ends the entitlement now. The grant is still listed. Repeating the request has no effect.")
    @APIResponse(responseCode = "204", description = "The grant has ended")
    public void end(@RestPath UUID id) {
        grants.end(id, staffMember(), clock.instant());
    }

    private Account requireAccount(String issuer, String subject, String pointer) {
        try {
            return accounts.findByIdentity(new Identity(issuer, subject))
                    .orElseThrow(() -> Problem.notFound("The reader has no account"));
        } catch (IllegalArgumentException e) {
            throw Problem.invalid(pointer, e.getMessage());
        }
    }

    private String staffMember() {
        return Caller.of(identity).requireReader().subject();
    }
}
