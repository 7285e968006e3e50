package dev.gatefold.shares;

import dev.gatefold.accounts.account.ReaderSignedUp;
import dev.gatefold.catalog.model.Article;
import dev.gatefold.kernel.Term;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Repository of share links. */
@ApplicationScoped
public class Shares implements PanacheRepositoryBase<Share, String> {
    /** One conditional statement, so that concurrent devices cannot exceed the limit. */
    private static final String REDEEM = """
            update article_share
            set recipient_ids = case when :device = any(recipient_ids) then recipient_ids else recipient_ids || :device end
            where code = :code and revoked_at is null and created_at <= :at and expires_at > :at
              and (:device = any(recipient_ids) or cardinality(recipient_ids) < :maxDevices)
            """;

    private static final String REPLACE_VISITOR = """
            update article_share
            set recipient_ids = array(select distinct unnest(array_replace(recipient_ids, :visitor, :account)))
            where :visitor = any(recipient_ids)
            """;

    private final SharesConfig config;

    Shares(SharesConfig config) {
        this.config = config;
    }

    /**
     * Returns the article that a code opens for a device, without counting the device.
     *
     * @param device ID of an account or a visitor; empty if the reader has neither
     * @return empty if the link does not exist, has expired or was revoked, or other devices have reached the limit
     */
    @Transactional
    public Optional<SharedArticle> findUsable(String code, Optional<UUID> device, Instant at) {
        return findByIdOptional(code)
                .filter(share -> share.isActive(at) && share.admitsDevice(device.orElse(null), config.maxDevices()))
                .map(Shares::sharedArticle);
    }

    /** Returns the canonical URL of the article that a code opens; empty if there is no active link with this code. */
    @Transactional
    public Optional<String> findArticleUrl(String code, Instant at) {
        return findByIdOptional(code).filter(share -> share.isActive(at)).map(share -> share.articleName);
    }

    /**
     * Counts a device as one that has opened the link. Counting it again changes nothing.
     *
     * @return false if there is no active link with this code, or other devices have reached the limit
     */
    @Transactional
    public boolean redeem(String code, UUID device, Instant at) {
        return getEntityManager()
                        .createNativeQuery(REDEEM)
                        .setParameter("code", code)
                        .setParameter("device", device)
                        .setParameter("at", at)
                        .setParameter("maxDevices", config.maxDevices())
                        .executeUpdate()
                == 1;
    }

    /** Replaces a visitor by the new account, so that a reader who signs up still counts as one device. */
    void replaceVisitorByAccount(@Observes ReaderSignedUp event) {
        event.visitor()
                .ifPresent(visitor -> getEntityManager()
                        .createNativeQuery(REPLACE_VISITOR)
                        .setParameter("visitor", visitor.id())
                        .setParameter("account", event.account().id)
                        .executeUpdate());
    }

    private static SharedArticle sharedArticle(Share share) {
        return new SharedArticle(
                share.source, share.articleKey, new Term(share.createdAt, Optional.of(share.expiresAt)));
    }

    /** Returns the active share of an article by an account. */
    Optional<Share> findActive(UUID account, Article article, Instant at) {
        return find(
                        "accountId = ?1 and source = ?2 and articleKey = ?3 and revokedAt is null and expiresAt > ?4",
                        account,
                        article.source().orElseThrow().slug(),
                        article.key(),
                        at)
                .firstResultOptional();
    }

    /** Revokes a link, unless it is already revoked. */
    void revoke(String code, Instant at) {
        update("revokedAt = ?1 where code = ?2 and revokedAt is null", at, code);
    }

    long countCreatedSince(UUID account, Instant since) {
        return count("accountId = ?1 and createdAt >= ?2", account, since);
    }

    /** Returns the shares that an account has created, newest first. */
    List<Share> byAccount(UUID account) {
        return list("accountId = ?1 order by createdAt desc, code", account);
    }

    /** Returns the shares that a device has opened. */
    List<Share> openedBy(UUID device) {
        return getSession()
                .createNativeQuery("""
                        select * from article_share where recipient_ids @> array[:device] order by created_at, code
                        """, Share.class)
                .setParameter("device", device)
                .getResultList();
    }
}
