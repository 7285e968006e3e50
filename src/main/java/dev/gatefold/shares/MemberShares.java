package dev.gatefold.shares;

import dev.gatefold.accounts.account.Account;
import dev.gatefold.accounts.account.Accounts;
import dev.gatefold.accounts.account.NoAccountProblem;
import dev.gatefold.catalog.Catalog;
import dev.gatefold.catalog.CurrentCatalog;
import dev.gatefold.catalog.model.Article;
import dev.gatefold.catalog.model.CalendarWindow.CalendarPeriod;
import dev.gatefold.entitlements.Standing;
import dev.gatefold.entitlements.StandingCache;
import dev.gatefold.kernel.Identity;
import dev.gatefold.kernel.Problem;
import dev.gatefold.web.SiteConfig;
import dev.gatefold.web.endpoint.EndpointLinks;
import dev.gatefold.web.endpoint.LinkTarget;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Instant;

/** Creates, lists and revokes the share links of a member, for the API and the pages. */
@ApplicationScoped
public class MemberShares {
    /**
     * The result of sharing an article.
     *
     * @param isNew false if the member had already shared the article and the link still works
     */
    public record ShareLinkResult(ShareLink link, boolean isNew) {}

    private final CreateShare createShare;
    private final Shares shares;
    private final SharesConfig config;
    private final Accounts accounts;
    private final StandingCache standings;
    private final CurrentCatalog currentCatalog;
    private final SiteConfig site;
    private final EndpointLinks links;

    MemberShares(
            CreateShare createShare,
            Shares shares,
            SharesConfig config,
            Accounts accounts,
            StandingCache standings,
            CurrentCatalog currentCatalog,
            SiteConfig site,
            EndpointLinks links) {
        this.createShare = createShare;
        this.shares = shares;
        this.config = config;
        this.accounts = accounts;
        this.standings = standings;
        this.currentCatalog = currentCatalog;
        this.site = site;
        this.links = links;
    }

    /**
     * Shares an article, or returns the link by which the member already shares it.
     *
     * @param url of the article
     * @param pointer names the input with the URL in a problem
     * @throws Problem if the URL belongs to no source, the reader has no account or no membership that opens the article,
     *     the monthly limit is reached, or the database is unavailable
     */
    @Transactional
    public ShareLinkResult createOrReuse(Identity reader, String url, String pointer, Instant at) {
        Account account = account(reader);
        Catalog catalog = currentCatalog.get();
        Article article = catalog.articleByUrl(url, pointer);
        if (article.source().isEmpty()) {
            throw Problem.invalid(pointer, "belongs to no source");
        }
        Standing standing = standings.reload(account.identity(), at);
        if (standing.stale()) {
            throw Problem.unavailable("database");
        }
        var result = createShare.createOrReuse(standing, article, catalog, at);
        return new ShareLinkResult(toLink(result.share()), result.isNew());
    }

    /** Returns all share links of a reader, and what is left of the monthly limit. */
    @Transactional
    public ShareLinkList list(Identity reader, Instant at) {
        Account account = account(reader);
        CalendarPeriod month = CreateShare.limitPeriod(at);
        long created = shares.countCreatedSince(account.id, month.beginsAt());
        return new ShareLinkList(
                shares.byAccount(account.id).stream().map(this::toLink).toList(),
                Math.max(0, config.monthlyLimit() - created),
                month.resetsAt());
    }

    /**
     * Revokes a link, which still counts towards the monthly limit. Revoking it again changes nothing.
     *
     * @throws Problem not found, if the reader has no link with this code
     */
    @Transactional
    public void revoke(Identity reader, String code, Instant at) {
        Account account = account(reader);
        Share share = shares.findByIdOptional(code)
                .filter(it -> it.accountId.equals(account.id))
                .orElseThrow(() -> Problem.notFound("You have no share link with this code"));
        shares.revoke(share.code, at);
    }

    private Account account(Identity reader) {
        return accounts.findByIdentity(reader).orElseThrow(NoAccountProblem::create);
    }

    private ShareLink toLink(Share share) {
        return new ShareLink(
                share.code,
                site.absoluteUrl(links.path(LinkTarget.SHARED_ARTICLE, share.code)),
                share.source,
                share.articleName,
                share.createdAt,
                share.expiresAt,
                share.revokedAt,
                share.deviceIds.length,
                config.maxDevices());
    }
}
