package dev.gatefold.subscriptions.checkout;

import dev.gatefold.subscriptions.model.BillingProvider.HostedPage;
import dev.gatefold.subscriptions.model.Checkout;
import dev.gatefold.subscriptions.model.Checkout.CheckoutState;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The checkouts, of which an account has one open at most. */
@ApplicationScoped
public class Checkouts implements PanacheRepositoryBase<Checkout, UUID> {
    private static final List<CheckoutState> OPEN = List.of(CheckoutState.OPENING, CheckoutState.OPEN);

    @Transactional
    Optional<Checkout> byIdempotencyKey(UUID account, String key) {
        return find("accountId = ?1 and idempotencyKey = ?2", account, key).firstResultOptional();
    }

    @Transactional
    Optional<Checkout> bySessionId(String session) {
        return find("session", session).firstResultOptional();
    }

    @Transactional
    public Optional<Checkout> openOf(UUID account) {
        return find("accountId = ?1 and state in ?2", account, OPEN).firstResultOptional();
    }

    public List<Checkout> ofAccount(UUID account) {
        return list("accountId = ?1 order by createdAt, id", account);
    }

    /** Adds it, unless the account has another one open, or is being erased, or the key was used: the database decides. */
    @Transactional
    boolean add(Checkout checkout) {
        return getEntityManager()
                        .createNativeQuery("""
                                insert into checkout (id, account_id, idempotency_key, plan, billing_interval,
                                                      return_article, trial_until, state, created_at)
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
    boolean recordPage(Checkout checkout, HostedPage page) {
        return update(
                        "session = ?1, url = ?2, state = ?3 where id = ?4 and state in ?5",
                        page.sessionId(),
                        page.url().toString(),
                        CheckoutState.OPEN,
                        checkout.id,
                        OPEN)
                == 1;
    }

    @Transactional
    public void close(Checkout checkout, CheckoutState state) {
        update("state = ?1 where id = ?2 and state in ?3", state, checkout.id, OPEN);
    }

    @Transactional
    void abandon(Checkout checkout) {
        delete("id = ?1 and session is null", checkout.id);
    }
}
