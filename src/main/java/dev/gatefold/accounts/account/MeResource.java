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

    @GET
    @Operation(summary = "The caller's account", description = "What was said at the sign-up, or changed since.")
    @Transactional
    public AccountProfile show() {
        return AccountProfile.of(callersAccount());
    }

    @PATCH
    @Consumes({MediaType.APPLICATION_JSON, "application/merge-patch+json"})
    @Operation(
            summary = "Change the caller's account",
            description = "A merge patch (RFC 7396): null takes a value away.")
    @Transactional
    public AccountProfile change(@NotNull AccountPatch details) {
        details.validate();
        Account account = callersAccount();
        details.applyTo(account);
        return AccountProfile.of(account);
    }

    private Account callersAccount() {
        Identity reader = Caller.of(identity).requireReader();
        return accounts.findByIdentity(reader).orElseThrow(NoAccountProblem::create);
    }
}
