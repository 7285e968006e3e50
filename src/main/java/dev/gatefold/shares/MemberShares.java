package dev.gatefold.shares;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.gatefold.accounts.account.Account;
import dev.gatefold.accounts.account.Accounts;
import dev.gatefold.accounts.account.NoAccountProblem;
import dev.gatefold.catalog.Catalog;
import dev.gatefold.catalog.CurrentCatalog;
import dev.gatefold.catalog.model.Article;
import dev.gatefold.catalog.model.CalendarWindow;
import dev.gatefold.entitlements.Standing;
import dev.gatefold.entitlements.StandingCache;
import dev.gatefold.kernel.Identity;
import dev.gatefold.kernel.Problem;
import dev.gatefold.web.SiteConfig;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.List;

/** All that members do with the articles that they give away. */
@ApplicationScoped
public class MemberShares {
    /**
     * A link, as its giver sees it.
     *
     * @param link what to send to others; it leads to the article
     * @param opened devices that have used it, of {@code devices} that may
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record ShareLink(
            String code,
            String link,
            String source,
            String article,
            Instant givenAt,
            Instant expiresAt,
            Instant revokedAt,
            int opened,
            int devices) {}

    /** What was given away, the newest first, and what may be given yet in this month. */
    public record ShareLinkList(List<ShareLink> items, long left, Instant renewsAt) {}

    record ShareLinkResult(ShareLink link, boolean isNew) {}

    private final CreateShare giveAway;
    private final Shares shares;
    private final SharesConfig config;
    private final Accounts accounts;
    private final StandingCache standings;
    private final CurrentCatalog catalog;
    private final SiteConfig site;

    MemberShares(
            CreateShare giveAway,
            Shares shares,
            SharesConfig config,
            Accounts accounts,
            StandingCache standings,
            CurrentCatalog catalog,
            SiteConfig site) {
        this.giveAway = giveAway;
        this.shares = shares;
        this.config = config;
        this.accounts = accounts;
        this.standings = standings;
        this.catalog = catalog;
        this.site = site;
    }

    /**
     * Gives an article away; the same again, as long as the link is good, changes nothing.
     *
     * @param pointer how the caller's problem is to call the address
     */
    @Transactional
    public void create(Identity reader, String url, String pointer, Instant at) {
        var _ = createOrReuse(reader, url, pointer, at);
    }

    @Transactional
    ShareLinkResult createOrReuse(Identity reader, String url, String pointer, Instant at) {
        Account account = account(reader);
        Catalog catalog = this.catalog.get();
        Article article = catalog.articleByUrl(url, pointer);
        if (article.source().isEmpty()) {
            throw Problem.invalid(pointer, "belongs to no source");
        }
        Standing standing = standings.reload(account.identity(), at);
        if (standing.stale()) {
            throw Problem.unavailable("database");
        }
        var outcome = giveAway.createOrReuse(standing, article, catalog, at);
        return new ShareLinkResult(link(outcome.share()), outcome.isNew());
    }

    @Transactional
    public ShareLinkList list(Identity reader, Instant at) {
        Account account = account(reader);
        CalendarWindow.CalendarPeriod month = CreateShare.budgetPeriod(at);
        long given = shares.countCreatedSince(account.id, month.beginsAt());
        return new ShareLinkList(
                shares.byAccount(account.id).stream().map(this::link).toList(),
                Math.max(0, config.monthlyLimit() - given),
                month.resetsAt());
    }

    /** From now on a link opens nothing; it stays counted. */
    @Transactional
    public void revoke(Identity reader, String code, Instant at) {
        Account account = account(reader);
        Share share = shares.findByIdOptional(code)
                .filter(it -> it.accountId.equals(account.id))
                .orElseThrow(() -> Problem.notFound("No such link"));
        shares.revoke(share.code, at);
    }

    private Account account(Identity reader) {
        return accounts.findByIdentity(reader).orElseThrow(NoAccountProblem::create);
    }

    private ShareLink link(Share share) {
        return new ShareLink(
                share.code,
                site.absoluteUrl("/share/" + share.code),
                share.source,
                share.articleName,
                share.givenAt,
                share.expiresAt,
                share.revokedAt,
                share.devices.length,
                config.maxDevices());
    }
}
