package dev.gatefold.privacy;

import dev.gatefold.web.http.Caller;
import io.quarkus.security.Authenticated;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Singleton;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.Path;
import java.time.Clock;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseStatus;

/** Endpoint that erases the caller. */
@Path("/v1/me")
@Singleton
@Authenticated
@Tag(name = "Accounts")
final class PersonalDataErasureResource {
    private final DataSubjectRequests requests;
    private final SecurityIdentity identity;
    private final Clock clock;

    PersonalDataErasureResource(DataSubjectRequests requests, SecurityIdentity identity, Clock clock) {
        this.requests = requests;
        this.identity = identity;
        this.clock = clock;
    }

    /** Erases the personal data of the caller. */
    @DELETE
    @RunOnVirtualThread
    @ResponseStatus(202)
    @Operation(
            operationId = "erasePersonalData",
            summary = "Erase the caller's personal data",
            description = "Cancels subscriptions immediately and without refund, deletes the customer at the payment "
                    + "provider, and then erases the personal data here. Read counts, by which publishers are paid, are "
                    + "retained under an id that is no longer linked to a person.")
    @APIResponse(responseCode = "202", description = "The account is erased")
    @APIResponse(responseCode = "404", description = "no-account: the caller has no account")
    @APIResponse(
            responseCode = "409",
            description = "erasure-not-confirmed: the payment provider has not confirmed the deletion; just-paid: a "
                    + "payment has just been found, repeat the request to confirm. Nothing was erased")
    public void erase() {
        requests.erase(Caller.of(identity).requireReader(), clock.instant());
    }
}
