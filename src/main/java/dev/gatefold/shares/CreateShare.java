package dev.gatefold.shares;

import dev.gatefold.accounts.account.Accounts;
import dev.gatefold.catalog.Catalog;
import dev.gatefold.catalog.model.Article;
import dev.gatefold.catalog.model.CalendarWindow;
import dev.gatefold.catalog.model.CalendarWindow.CalendarPeriod;
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

/** Shares an article on behalf of a member, within the monthly limit. */
@ApplicationScoped
class CreateShare {
    /**
     * A share, and whether this call created it.
     *
     * @param isNew false if an active share of the article already existed
     */
    record CreateShareResult(Share share, boolean isNew) {}

    private static final int CODE_BYTES = 16;

    private final Shares shares;
    private final SharesConfig config;
    private final Accounts accounts;
    private final SecureRandom random = new SecureRandom();

    CreateShare(Shares shares, SharesConfig config, Accounts accounts) {
        this.shares = shares;
        this.config = config;
        this.accounts = accounts;
    }

    /**
     * Creates a share, or returns the active share of the same article, which costs nothing.
     *
     * @param standing the present entitlements of an account, not from a cache
     * @throws Problem conflict, if the account has no membership that opens the article, or the monthly limit is reached
     */
    @Transactional
    CreateShareResult createOrReuse(Standing standing, Article article, Catalog catalog, Instant at) {
        UUID account = standing.account().orElseThrow();
        requireMembership(standing, article, catalog, at);
        // Concurrent requests of one member must not exceed the limit between the count and the insert.
        accounts.lock(account);
        Optional<Share> existing = shares.findActive(account, article, at);
        if (existing.isPresent()) {
            return new CreateShareResult(existing.get(), false);
        }
        CalendarPeriod month = limitPeriod(at);
        if (shares.countCreatedSince(account, month.beginsAt()) >= config.monthlyLimit()) {
            throw Problem.conflict(
                    "share-budget-spent",
                    "Monthly share limit reached",
                    "A member can share " + config.monthlyLimit() + " articles a month; the next month begins at "
                            + month.resetsAt());
        }
        Share share = newShare(account, article, at);
        shares.persistAndFlush(share);
        return new CreateShareResult(share, true);
    }

    /** Returns the calendar month to which the limit applies. It is in UTC, since members can change their time zone. */
    static CalendarPeriod limitPeriod(Instant at) {
        return CalendarWindow.MONTH.periodAt(at, ZoneOffset.UTC);
    }

    private static void requireMembership(Standing standing, Article article, Catalog catalog, Instant at) {
        boolean allowed = standing.longestActive(right -> allowsSharing(right, article, catalog), at)
                .isPresent();
        if (!allowed) {
            throw Problem.conflict(
                    "members-give",
                    "Only members can share articles",
                    "Sharing requires a membership that opens the article. A trial is not enough.");
        }
    }

    private static boolean allowsSharing(Entitlement entitlement, Article article, Catalog catalog) {
        return entitlement.basis().isMembership()
                && entitlement.basis() != EntitlementBasis.TRIAL
                && entitlement.coverage().opens(article, catalog);
    }

    private Share newShare(UUID account, Article article, Instant at) {
        Share share = new Share();
        share.code = newCode();
        share.accountId = account;
        share.source = article.source().orElseThrow().slug();
        share.articleKey = article.key();
        share.articleName = article.name();
        share.createdAt = at;
        share.expiresAt = at.plus(config.linkLifetime());
        share.deviceIds = new UUID[0];
        return share;
    }

    private String newCode() {
        byte[] code = new byte[CODE_BYTES];
        random.nextBytes(code);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(code);
    }
}
