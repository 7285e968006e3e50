package dev.gatefold.subscriptions;

import dev.gatefold.subscriptions.BillingProvider.HostedPage;
import dev.gatefold.subscriptions.Checkout.State;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The checkouts, of which an account has one open at most. */
@ApplicationScoped
class Checkouts implements PanacheRepositoryBase<Checkout, UUID> {
    private static final List<State> OPEN = List.of(State.OPENING, State.OPEN);

    @Transactional
    Optional<Checkout> ofKey(UUID account, String key) {
        return find("accountId = ?1 and idempotencyKey = ?2", account, key).firstResultOptional();
    }

    @Transactional
    Optional<Checkout> ofSession(String session) {
        return find("session", session).firstResultOptional();
    }

    @Transactional
    Optional<Checkout> openOf(UUID account) {
        return find("accountId = ?1 and state in ?2", account, OPEN).firstResultOptional();
    }

    List<Checkout> of(UUID account) {
        return list("accountId = ?1 order by createdAt, id", account);
    }

    /** Adds it, unless the account has another one open, or is being erased, or the key was used: the database decides. */
    @Transactional
    boolean add(Checkout checkout) {
        return getEntityManager()
                        .createNativeQuery("""
                                insert into checkout (id, account_id, idempotency_key, plan, "interval", article,
                                                      trial_until, state, created_at)
                                select :id, id, :key, :plan, :interval, :article, cast(:trialUntil as timestamptz),
                                       :state, :at
                                from account where id = :account and erased_at is null for share
                                on conflict do nothing
                                """)
                        .setParameter("id", checkout.id)
                        .setParameter("account", checkout.accountId)
                        .setParameter("key", checkout.idempotencyKey)
                        .setParameter("plan", checkout.plan)
                        .setParameter("interval", checkout.interval.name())
                        .setParameter("article", checkout.article)
                        .setParameter("trialUntil", checkout.trialUntil)
                        .setParameter("state", checkout.state.name())
                        .setParameter("at", checkout.createdAt)
                        .executeUpdate()
                == 1;
    }

    /** Notes the page, unless the checkout has been given up meanwhile. */
    @Transactional
    boolean opened(Checkout checkout, HostedPage page) {
        return update(
                        "session = ?1, url = ?2, state = ?3 where id = ?4 and state in ?5",
                        page.session(),
                        page.url().toString(),
                        State.OPEN,
                        checkout.id,
                        OPEN)
                == 1;
    }

    @Transactional
    void ended(Checkout checkout, State state) {
        update("state = ?1 where id = ?2 and state in ?3", state, checkout.id, OPEN);
    }

    @Transactional
    void abandon(Checkout checkout) {
        delete("id = ?1 and session is null", checkout.id);
    }
}
