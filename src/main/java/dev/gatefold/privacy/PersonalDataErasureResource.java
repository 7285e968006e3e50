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

@Path("/v1/me")
@Singleton
@Authenticated
@Tag(name = "Accounts")
final class PersonalDataErasureResource {
    private final DataSubjectRequests personalData;
    private final SecurityIdentity identity;
    private final Clock clock;

    PersonalDataErasureResource(DataSubjectRequests personalData, SecurityIdentity identity, Clock clock) {
        this.personalData = personalData;
        this.identity = identity;
        this.clock = clock;
    }

    @DELETE
    @RunOnVirtualThread
    @ResponseStatus(202)
    @Operation(
            summary = "Erase the caller",
            description =
                    "Ends at once what the caller pays for, without a refund, has the payment provider forget them, "
                            + "and then does so here. What publishers are paid by stays, under a number that leads to nobody.")
    @APIResponse(responseCode = "202", description = "There is no such account any more")
    @APIResponse(responseCode = "404", description = "no-account")
    @APIResponse(responseCode = "409", description = "erasure-not-confirmed, just-paid; nothing was erased")
    public void erase() {
        personalData.erase(Caller.of(identity).requireReader(), clock.instant());
    }
}
