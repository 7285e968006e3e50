package dev.gatefold.shares;

import dev.gatefold.catalog.Catalog;
import dev.gatefold.catalog.model.Article;
import dev.gatefold.catalog.model.CalendarWindow;
import dev.gatefold.entitlements.Entitlement;
import dev.gatefold.entitlements.EntitlementBasis;
import dev.gatefold.entitlements.Standing;
import dev.gatefold.kernel.Problem;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.Session;

/** Gives an article away, once for as long as the link is good; each costs one of the month's budget. */
@ApplicationScoped
class CreateShare {
    /** The share, and whether it was made just now. */
    record CreateShareResult(Share share, boolean isNew) {}

    private static final int CODE_BYTES = 16;

    /** One member's gifts go one after the other, so that counting them and giving one more are one thing. */
    private static final String LOCK = "select 1 from account where id = :account for no key update";

    private final Shares shares;
    private final SharesConfig config;
    private final Session database;
    private final SecureRandom random = new SecureRandom();

    CreateShare(Shares shares, SharesConfig config, Session database) {
        this.shares = shares;
        this.config = config;
        this.database = database;
    }

    @Transactional
    CreateShareResult createOrReuse(Standing standing, Article article, Catalog catalog, Instant at) {
        UUID account = standing.account().orElseThrow();
        requireMember(standing, article, catalog, at);
        database.createNativeQuery(LOCK, Integer.class)
                .setParameter("account", account)
                .getSingleResult();
        Optional<Share> alive = shares.findActive(account, article, at);
        if (alive.isPresent()) {
            return new CreateShareResult(alive.get(), false);
        }
        CalendarWindow.CalendarPeriod month = budgetPeriod(at);
        if (shares.countCreatedSince(account, month.beginsAt()) >= config.monthlyLimit()) {
            throw Problem.conflict(
                    "share-budget-spent",
                    "No more articles to give away this month",
                    config.monthlyLimit() + " articles can be given away in a month; the next begins at "
                            + month.resetsAt());
        }
        Share share = share(account, article, at);
        shares.persistAndFlush(share);
        return new CreateShareResult(share, true);
    }

    /** Of UTC: a time zone is something that a member changes. */
    static CalendarWindow.CalendarPeriod budgetPeriod(Instant at) {
        return CalendarWindow.MONTH.periodAt(at, ZoneOffset.UTC);
    }

    private static void requireMember(Standing standing, Article article, Catalog catalog, Instant at) {
        boolean may = standing.longestActive(right -> isGiver(right, article, catalog), at)
                .isPresent();
        if (!may) {
            throw Problem.conflict(
                    "members-give",
                    "Only a member gives articles away",
                    "A membership that opens the article is needed; a trial is none yet");
        }
    }

    private static boolean isGiver(Entitlement right, Article article, Catalog catalog) {
        return right.basis().isMembership()
                && right.basis() != EntitlementBasis.TRIAL
                && right.coverage().opens(article, catalog);
    }

    private Share share(UUID account, Article article, Instant at) {
        Share share = new Share();
        share.code = code();
        share.accountId = account;
        share.source = article.source().orElseThrow().slug();
        share.articleKey = article.key();
        share.articleName = article.name();
        share.givenAt = at;
        share.expiresAt = at.plus(config.linkLifetime());
        share.devices = new UUID[0];
        return share;
    }

    private String code() {
        byte[] code = new byte[CODE_BYTES];
        random.nextBytes(code);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(code);
    }
}
