package dev.gatefold.shares;

import dev.gatefold.accounts.account.ReaderSignedUp;
import dev.gatefold.catalog.model.Article;
import dev.gatefold.catalog.model.Source;
import dev.gatefold.kernel.Term;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The links, and whom they let in. */
@ApplicationScoped
public class Shares implements PanacheRepositoryBase<Share, String> {
    /** What a link gives: one article, for a while. */
    public record SharedArticle(String source, String articleKey, Term term) {
        public boolean matches(Article article) {
            return articleKey.equals(article.key())
                    && article.source().map(Source::slug).filter(source::equals).isPresent();
        }
    }

    /** A device counts when it opens, once; one too many changes nothing. */
    private static final String REDEEM = """
            update article_share
            set recipient_ids = case when :device = any(recipient_ids) then recipient_ids else recipient_ids || :device end
            where code = :code and revoked_at is null and created_at <= :at and expires_at > :at
              and (:device = any(recipient_ids) or cardinality(recipient_ids) < :most)
            """;

    private static final String JOIN = """
            update article_share
            set recipient_ids = array(select distinct unnest(array_replace(recipient_ids, :visitor, :account)))
            where :visitor = any(recipient_ids)
            """;

    private final SharesConfig config;

    Shares(SharesConfig config) {
        this.config = config;
    }

    /**
     * What a code gives to a device now; changes nothing.
     *
     * @param device an account or a visitor; empty for somebody who cannot be told from others
     */
    @Transactional
    public Optional<SharedArticle> findUsable(String code, Optional<UUID> device, Instant at) {
        return findByIdOptional(code)
                .filter(share -> share.isActive(at) && share.admitsDevice(device.orElse(null), config.maxDevices()))
                .map(Shares::given);
    }

    /** The address of the article that a code leads to; empty where the link has ended, or there never was one. */
    @Transactional
    public Optional<String> findArticleUrl(String code, Instant at) {
        return findByIdOptional(code).filter(share -> share.isActive(at)).map(share -> share.articleName);
    }

    /** Counts the device as one of those who use the code; false where there are enough, or the code has ended. */
    @Transactional
    public boolean redeem(String code, UUID device, Instant at) {
        return getEntityManager()
                        .createNativeQuery(REDEEM)
                        .setParameter("code", code)
                        .setParameter("device", device)
                        .setParameter("at", at)
                        .setParameter("most", config.maxDevices())
                        .executeUpdate()
                == 1;
    }

    /** Whoever signs up goes on being one device, under the account's name. */
    void join(@Observes ReaderSignedUp fact) {
        fact.visitor()
                .ifPresent(visitor -> getEntityManager()
                        .createNativeQuery(JOIN)
                        .setParameter("visitor", visitor.id())
                        .setParameter("account", fact.account().id)
                        .executeUpdate());
    }

    private static SharedArticle given(Share share) {
        return new SharedArticle(share.source, share.articleKey, new Term(share.givenAt, Optional.of(share.expiresAt)));
    }

    /** The one of an article that is still good. */
    Optional<Share> findActive(UUID account, Article article, Instant at) {
        return find(
                        "accountId = ?1 and source = ?2 and articleKey = ?3 and revokedAt is null and expiresAt > ?4",
                        account,
                        article.source().orElseThrow().slug(),
                        article.key(),
                        at)
                .firstResultOptional();
    }

    /** From now on it opens nothing. */
    void revoke(String code, Instant at) {
        update("revokedAt = ?1 where code = ?2 and revokedAt is null", at, code);
    }

    long countCreatedSince(UUID account, Instant since) {
        return count("accountId = ?1 and givenAt >= ?2", account, since);
    }

    /** The newest first. */
    List<Share> byAccount(UUID account) {
        return list("accountId = ?1 order by givenAt desc, code", account);
    }

    /** What others have given away, and this device has opened. */
    List<Share> openedBy(UUID device) {
        return getSession()
                .createNativeQuery("""
                        select * from article_share where recipient_ids @> array[:device] order by created_at, code
                        """, Share.class)
                .setParameter("device", device)
                .getResultList();
    }
}
