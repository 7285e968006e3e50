package dev.gatefold.subscriptions.checkout;

import dev.gatefold.accounts.account.Accounts;
import dev.gatefold.subscriptions.model.Checkout;
import dev.gatefold.subscriptions.model.CheckoutState;
import dev.gatefold.subscriptions.model.HostedPage;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Repository of checkouts. The database allows one open checkout per account. */
@ApplicationScoped
public class Checkouts implements PanacheRepositoryBase<Checkout, UUID> {
    /** The result of adding a checkout. Nothing is stored unless it is {@link #ADDED}. */
    enum AddResult {
        ADDED,
        /** The entitlements or the billing status of the account have changed, for example because a trial has begun. */
        OUTDATED,
        /**
         * The account has another open checkout or has been erased, or the idempotency key was used before.
         */
        REFUSED
    }

    private static final List<CheckoutState> OPEN = List.of(CheckoutState.OPENING, CheckoutState.OPEN);

    private final Accounts accounts;

    Checkouts(Accounts accounts) {
        this.accounts = accounts;
    }

    @Transactional
    Optional<Checkout> byIdempotencyKey(UUID account, String key) {
        return find("accountId = ?1 and idempotencyKey = ?2", account, key).firstResultOptional();
    }

    @Transactional
    Optional<Checkout> bySessionId(String session) {
        return find("providerSessionId", session).firstResultOptional();
    }

    /** Returns the checkout of an account that is {@code OPENING} or {@code OPEN}. */
    @Transactional
    public Optional<Checkout> openOf(UUID account) {
        return find("accountId = ?1 and state in ?2", account, OPEN).firstResultOptional();
    }

    /** Returns all checkouts of an account, oldest first. Requires a transaction. */
    public List<Checkout> ofAccount(UUID account) {
        return list("accountId = ?1 order by createdAt, id", account);
    }

    /**
     * Stores a new checkout.
     *
     * @param accountVersion version of the account that the checkout was decided with
     */
    @Transactional
    AddResult add(Checkout checkout, long accountVersion) {
        // holds off an erasure, a trial and another subscription, which would not close the new checkout
        if (!accounts.lockShared(checkout.account())) {
            return AddResult.REFUSED;
        }
        if (!accounts.hasVersion(checkout.account(), accountVersion)) {
            return AddResult.OUTDATED;
        }
        return insert(checkout) ? AddResult.ADDED : AddResult.REFUSED;
    }

    private boolean insert(Checkout checkout) {
        return getEntityManager()
                        .createNativeQuery("""
                                insert into checkout (id, account_id, idempotency_key, plan, billing_interval,
                                                      return_article, trial_until, state, created_at)
                                values (:id, :account, :key, :plan, :interval, :article,
                                        cast(:trialUntil as timestamptz), :state, :at)
                                on conflict do nothing
                                """)
                        .setParameter("id", checkout.id())
                        .setParameter("account", checkout.account())
                        .setParameter("key", checkout.idempotencyKey())
                        .setParameter("plan", checkout.plan())
                        .setParameter("interval", checkout.interval().name())
                        .setParameter(
                                "article",
                                checkout.article().map(Object::toString).orElse(null))
                        .setParameter("trialUntil", checkout.trialUntil().orElse(null))
                        .setParameter("state", checkout.state().name())
                        .setParameter("at", checkout.createdAt())
                        .executeUpdate()
                == 1;
    }

    /**
     * Stores the hosted page of a checkout and marks the checkout as open.
     *
     * @return false if the checkout has been closed since it was added
     */
    @Transactional
    boolean recordPage(Checkout checkout, HostedPage page) {
        return update(
                        "providerSessionId = ?1, paymentUrl = ?2, state = ?3 where id = ?4 and state in ?5",
                        page.sessionId(),
                        page.url().toString(),
                        CheckoutState.OPEN,
                        checkout.id(),
                        OPEN)
                == 1;
    }

    /** Sets a final state, unless the checkout already has one. */
    @Transactional
    public void close(Checkout checkout, CheckoutState state) {
        update("state = ?1 where id = ?2 and state in ?3", state, checkout.id(), OPEN);
    }

    /**
     * Marks a checkout without a hosted page as expired.
     *
     * @return the checkout with its page, if a page has been recorded in the meantime; empty otherwise
     */
    @Transactional
    Optional<Checkout> expireWithoutPage(Checkout checkout) {
        update(
                "state = ?1 where id = ?2 and state = ?3 and providerSessionId is null",
                CheckoutState.EXPIRED,
                checkout.id(),
                CheckoutState.OPENING);
        return find("id = ?1 and providerSessionId is not null", checkout.id()).firstResultOptional();
    }

    /** Requests that the open page of an account is closed. Requires a transaction. */
    void requestClosing(UUID account, Instant at) {
        getEntityManager()
                .createNativeQuery("""
                        update checkout set close_at = :at
                        where account_id = :account and state in ('OPENING', 'OPEN') and close_at is null
                        """)
                .setParameter("account", account)
                .setParameter("at", at)
                .executeUpdate();
    }

    /** Returns the checkouts whose page must be closed by now, at most 20. */
    @Transactional
    @SuppressWarnings("unchecked")
    List<Checkout> dueForClosing(Instant now) {
        return getEntityManager()
                .createNativeQuery("""
                        select * from checkout
                        where close_at is not null and close_at <= :now and state in ('OPENING', 'OPEN')
                        order by close_at limit 20
                        """, Checkout.class)
                .setParameter("now", now)
                .getResultList();
    }

    @Transactional
    void postponeClosing(Checkout checkout, Instant next) {
        getEntityManager()
                .createNativeQuery("update checkout set close_at = :next where id = :id")
                .setParameter("next", next)
                .setParameter("id", checkout.id())
                .executeUpdate();
    }

    /** Deletes a checkout that has no hosted page. */
    @Transactional
    void abandon(Checkout checkout) {
        delete("id = ?1 and providerSessionId is null", checkout.id());
    }
}
