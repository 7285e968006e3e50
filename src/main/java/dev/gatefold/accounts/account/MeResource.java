package dev.gatefold.accounts.account;

import dev.gatefold.kernel.Identity;
import dev.gatefold.web.http.Caller;
import io.quarkus.security.Authenticated;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.transaction.Transactional;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseHeader;

/** Endpoints for the caller's account. */
@Path("/v1/me")
@Authenticated
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Accounts")
class MeResource {
    private final Accounts accounts;
    private final SecurityIdentity identity;

    MeResource(Accounts accounts, SecurityIdentity identity) {
        this.accounts = accounts;
        this.identity = identity;
    }

    /** Returns the caller's account. */
    @GET
    @ResponseHeader(name = "Cache-Control", value = "no-store")
    @Operation(
            operationId = "getAccount",
            summary = "Get the caller's account",
            description = "Returns the profile from the sign-up and later updates.")
    @Transactional
    public AccountProfile get() {
        return AccountProfile.of(accountOfCaller());
    }

    /** Updates the caller's account. */
    @PATCH
    @Consumes({MediaType.APPLICATION_JSON, "application/merge-patch+json"})
    @Operation(
            operationId = "updateAccount",
            summary = "Update the caller's account",
            description = "A JSON merge patch (RFC 7396): absent members change nothing, null removes a value. "
                    + "Another e-mail address is not verified, and the next sign-in replaces it by the issuer's.")
    @Transactional
    public AccountProfile update(@NotNull AccountPatch patch) {
        patch.validate();
        // locked, because a concurrent sign-in changes the e-mail address and its flag together
        Account account = accounts.findByIdentityForUpdate(Caller.of(identity).requireReader())
                .orElseThrow(NoAccountProblem::create);
        patch.applyTo(account);
        return AccountProfile.of(account);
    }

    private Account accountOfCaller() {
        Identity reader = Caller.of(identity).requireReader();
        return accounts.findByIdentity(reader).orElseThrow(NoAccountProblem::create);
    }
}
