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

/** Gives rights to readers, and ends what was given. */
@ApplicationScoped
class StaffGrants implements PanacheRepositoryBase<StaffGrant, UUID> {
    /** Given, and whether it was given just now. */
    record StaffGrantResult(StaffGrant grant, boolean isNew) {}

    private static final String INSERT = """
            insert into staff_grant (id, account_id, reason, request_params, granted_by, granted_at)
            values (:id, :account, :reason, :requestParams, :by, :at)
            on conflict (id) do nothing
            """;

    private final EntitlementGrants granting;

    StaffGrants(EntitlementGrants granting) {
        this.granting = granting;
    }

    /**
     * Gives a right, once for each idempotency key of one member of the staff.
     *
     * @param asked all that was asked for, in words of any kind
     */
    @Transactional
    StaffGrantResult grantOnce(
            Account account, Entitlement wanted, String reason, String asked, String by, String key, Instant at) {
        UUID id = UUID.nameUUIDFromBytes((by + "\n" + key).getBytes(StandardCharsets.UTF_8));
        boolean isNew = getEntityManager()
                        .createNativeQuery(INSERT)
                        .setParameter("id", id)
                        .setParameter("account", account.id)
                        .setParameter("reason", reason)
                        .setParameter("requestParams", asked)
                        .setParameter("by", by)
                        .setParameter("at", at)
                        .executeUpdate()
                == 1;
        StaffGrant grant = findById(id);
        if (isNew) {
            granting.grant(
                    account.id,
                    new Entitlement(wanted.basis(), grant.entitlementOrigin(), wanted.coverage(), wanted.term()));
        } else if (!grant.accountId.equals(account.id) || !grant.requestParams.equals(asked)) {
            throw IdempotencyKey.reused();
        }
        return new StaffGrantResult(grant, isNew);
    }

    /** Ends the right that was given, if it has not ended. */
    @Transactional
    void end(UUID id, String by, Instant at) {
        StaffGrant grant = findByIdOptional(id).orElseThrow(() -> Problem.notFound("No such grant"));
        if (grant.endedAt == null) {
            grant.endedBy = by;
            grant.endedAt = at;
            granting.replace(grant.accountId, grant.entitlementOrigin(), List.of(), at);
        }
    }

    /** The newest first. */
    List<StaffGrant> byAccount(UUID account) {
        return list("accountId = ?1 order by grantedAt desc, id", account);
    }
}
