package dev.gatefold.entitlements;

/** The statements of {@link EntitlementGrants}. Each changes a row only if that makes a difference. */
final class EntitlementSql {
    private static final String INSERT = """
            insert into entitlement as e (id, account_id, basis, origin, plan, source, article_key, article_name,
                                          valid_from, valid_until)
            values (:id, :account, :basis, :origin, :plan, :source, :articleKey, :articleName, :from, :until)
            on conflict (account_id, origin)
            """;

    /** Creates the entitlement with its origin, or updates it if it differs. */
    static final String UPSERT = INSERT + """
            do update set
              basis = excluded.basis, plan = excluded.plan, source = excluded.source,
              article_key = excluded.article_key, article_name = excluded.article_name,
              valid_from = excluded.valid_from, valid_until = excluded.valid_until
            where (e.basis, e.plan, e.source, e.article_key, e.valid_from, e.valid_until)
              is distinct from (excluded.basis, excluded.plan, excluded.source, excluded.article_key,
                                excluded.valid_from, excluded.valid_until)
            """;

    /** Creates the entitlement unless one with its origin exists. */
    static final String INSERT_IF_ABSENT = INSERT + "do nothing";

    /**
     * Ends entitlements at an instant, by prefix of the origin and except for some origins. An entitlement that has not begun
     * keeps a term of one millisecond, because a term cannot be empty.
     */
    static final String END = """
            update entitlement e
            set valid_until = least(e.valid_until, greatest(cast(:at as timestamptz), e.valid_from + interval '1 millisecond'))
            where account_id = :account and starts_with(origin, :originPrefix) and not origin = any(:exceptOrigins)
              and (valid_until is null or valid_until > :at)
            """;

    /** Sets the billing status of an account. */
    static final String SET_BILLING = """
            insert into reader_billing as b (account_id, billing_status) values (:account, :status)
            on conflict (account_id) do update set billing_status = excluded.billing_status
            where b.billing_status <> excluded.billing_status
            """;

    /** Removes the billing status of an account without a live subscription. */
    static final String REMOVE_BILLING = "delete from reader_billing where account_id = :account";

    private EntitlementSql() {}
}
