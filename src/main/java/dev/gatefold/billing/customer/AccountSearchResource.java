package dev.gatefold.billing.customer;

import dev.gatefold.accounts.account.Account;
import dev.gatefold.accounts.account.AccountSearch;
import dev.gatefold.kernel.Problem;
import dev.gatefold.subscriptions.model.ProviderName;
import dev.gatefold.web.http.Caller;
import dev.gatefold.web.http.ResultPage;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseHeader;

/** The HTTP endpoint with which support finds an account and its customers at the billing provider. */
@Path("/admin/v1/accounts")
@Singleton
@RolesAllowed({Caller.SUPPORT, Caller.ADMIN})
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Back office")
class AccountSearchResource {
    private static final int MAX_RESULTS = 50;

    /**
     * A search by exactly one of its members.
     *
     * @param account id of the account, as the account page shows it
     * @param customer id of a customer at the billing provider
     * @param subject claim {@code sub} of the reader's tokens
     * @param email e-mail address of the account, ignoring case
     */
    record AccountQuery(
            UUID account,
            @Size(min = 1, max = 255) String customer,
            @Size(min = 1, max = 255) String subject,
            @Size(min = 3, max = 254) String email) {
        private boolean hasOneMember() {
            return Stream.of(account, customer, subject, email)
                            .filter(Objects::nonNull)
                            .count()
                    == 1;
        }
    }

    /**
     * An account, as support sees it.
     *
     * @param id connects the account with subscriptions at the billing provider, as the value of the metadata
     *     {@code gatefold_account}
     * @param email null if unknown
     * @param emailVerified whether the issuer has verified the e-mail address
     * @param customers ids of the account's customers at the billing provider that are not deleted, additional ones last
     */
    @Schema(requiredProperties = {"id", "issuer", "subject", "emailVerified", "createdAt", "customers"})
    record FoundAccount(
            UUID id,
            String issuer,
            String subject,
            String email,
            boolean emailVerified,
            Instant createdAt,
            List<String> customers) {}

    private final AccountSearch accounts;
    private final BillingCustomers customers;

    AccountSearchResource(AccountSearch accounts, BillingCustomers customers) {
        this.accounts = accounts;
        this.customers = customers;
    }

    /** A POST request, because an e-mail address must not appear in a URL. */
    @POST
    @Path("/search")
    @Transactional
    @ResponseHeader(name = "Cache-Control", value = "no-store")
    @Operation(
            operationId = "searchAccounts",
            summary = "Find accounts",
            description =
                    "Finds accounts by exactly one of account id, customer id at the payment provider, subject and "
                            + "e-mail address. Returns at most 50 accounts, the oldest first. Erased accounts are not found.")
    public ResultPage<FoundAccount> search(@NotNull @Valid AccountQuery query) {
        if (!query.hasOneMember()) {
            throw Problem.invalid("", "must have exactly one of account, customer, subject and email");
        }
        return new ResultPage<>(find(query).map(this::found).toList(), null);
    }

    private Stream<Account> find(AccountQuery query) {
        if (query.subject() != null) {
            return accounts.bySubject(query.subject(), MAX_RESULTS).stream();
        }
        if (query.email() != null) {
            return accounts.byEmail(query.email(), MAX_RESULTS).stream();
        }
        Optional<UUID> id = query.account() != null
                ? Optional.of(query.account())
                : customers.accountOf(ProviderName.STRIPE, query.customer());
        return id.flatMap(accounts::byId).stream();
    }

    private FoundAccount found(Account account) {
        return new FoundAccount(
                account.id,
                account.issuer,
                account.subject,
                account.email,
                account.emailVerified,
                account.createdAt,
                customers.liveOf(ProviderName.STRIPE, account.id));
    }
}
