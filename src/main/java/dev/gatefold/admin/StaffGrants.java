package dev.gatefold.admin;

import dev.gatefold.accounts.account.Account;
import dev.gatefold.entitlements.Entitlement;
import dev.gatefold.entitlements.EntitlementGrants;
import dev.gatefold.kernel.Problem;
import dev.gatefold.web.http.IdempotencyKey;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** Grants entitlements to readers on behalf of staff, and ends them. */
@ApplicationScoped
class StaffGrants implements PanacheRepositoryBase<StaffGrant, UUID> {
    /** A grant; {@code isNew} is false if the request repeats an earlier one. */
    record StaffGrantResult(StaffGrant grant, boolean isNew) {}

    private static final String INSERT_IF_ABSENT = """
            insert into staff_grant (id, account_id, reason, request_params, granted_by, granted_at)
            values (:id, :account, :reason, :requestParams, :grantedBy, :at)
            on conflict (id) do nothing
            """;

    private final EntitlementGrants entitlementGrants;

    StaffGrants(EntitlementGrants entitlementGrants) {
        this.entitlementGrants = entitlementGrants;
    }

    /**
     * Grants an entitlement, once per staff member and idempotency key.
     *
     * @param entitlement its origin is replaced by that of the grant
     * @param requestParams text of all parameters of the request, for comparison with a repeated request
     * @param staffMember claim {@code sub} of the staff member
     * @throws Problem if the key was used with other parameters
     */
    @Transactional
    StaffGrantResult grantOnce(
            Account account,
            Entitlement entitlement,
            String reason,
            String requestParams,
            String staffMember,
            String idempotencyKey,
            Instant at) {
        UUID id = UUID.nameUUIDFromBytes((staffMember + "\n" + idempotencyKey).getBytes(StandardCharsets.UTF_8));
        boolean isNew = getEntityManager()
                        .createNativeQuery(INSERT_IF_ABSENT)
                        .setParameter("id", id)
                        .setParameter("account", account.id)
                        .setParameter("reason", reason)
                        .setParameter("requestParams", requestParams)
                        .setParameter("grantedBy", staffMember)
                        .setParameter("at", at)
                        .executeUpdate()
                == 1;
        StaffGrant grant = findById(id);
        if (isNew) {
            entitlementGrants.grant(
                    account.id,
                    new Entitlement(
                            entitlement.basis(),
                            grant.entitlementOrigin(),
                            entitlement.coverage(),
                            entitlement.term()));
        } else if (!grant.accountId.equals(account.id) || !grant.requestParams.equals(requestParams)) {
            throw IdempotencyKey.reused();
        }
        return new StaffGrantResult(grant, isNew);
    }

    /**
     * Ends the granted entitlement. Does nothing if the grant was ended before.
     *
     * @param staffMember claim {@code sub} of the staff member
     * @throws Problem {@code not-found} if there is no such grant
     */
    @Transactional
    void end(UUID id, String staffMember, Instant at) {
        StaffGrant grant = findByIdOptional(id).orElseThrow(() -> Problem.notFound("There is no grant with this id"));
        if (grant.endedAt == null) {
            grant.endedBy = staffMember;
            grant.endedAt = at;
            entitlementGrants.end(grant.accountId, grant.entitlementOrigin(), at);
        }
    }

    /** Returns the grants to an account, the latest first. */
    List<StaffGrant> findByAccount(UUID account) {
        return list("accountId = ?1 order by grantedAt desc, id", account);
    }
}
