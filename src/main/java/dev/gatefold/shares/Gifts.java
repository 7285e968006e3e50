package dev.gatefold.shares;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.gatefold.accounts.Account;
import dev.gatefold.accounts.Accounts;
import dev.gatefold.accounts.NoAccount;
import dev.gatefold.catalog.Article;
import dev.gatefold.catalog.Catalog;
import dev.gatefold.catalog.CurrentCatalog;
import dev.gatefold.catalog.Window;
import dev.gatefold.entitlements.Standing;
import dev.gatefold.entitlements.Standings;
import dev.gatefold.kernel.Identity;
import dev.gatefold.kernel.Problem;
import dev.gatefold.web.SiteConfig;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.List;

/** All that members do with the articles that they give away. */
@ApplicationScoped
public class Gifts {
    /**
     * A link, as its giver sees it.
     *
     * @param link what to send to others; it leads to the article
     * @param opened devices that have used it, of {@code devices} that may
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Link(
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
    public record Links(List<Link> items, long left, Instant renewsAt) {}

    record Given(Link link, boolean isNew) {}

    private final GiveAway giveAway;
    private final Shares shares;
    private final SharesConfig config;
    private final Accounts accounts;
    private final Standings standings;
    private final CurrentCatalog catalog;
    private final SiteConfig site;

    Gifts(
            GiveAway giveAway,
            Shares shares,
            SharesConfig config,
            Accounts accounts,
            Standings standings,
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
    public void give(Identity reader, String url, String pointer, Instant at) {
        var _ = given(reader, url, pointer, at);
    }

    @Transactional
    Given given(Identity reader, String url, String pointer, Instant at) {
        Account account = account(reader);
        Catalog catalog = this.catalog.get();
        Article article = catalog.articleAt(url, pointer);
        if (article.source().isEmpty()) {
            throw Problem.invalid(pointer, "belongs to no source");
        }
        Standing standing = standings.reloaded(account.identity(), at);
        if (standing.stale()) {
            throw Problem.unavailable("database");
        }
        var outcome = giveAway.give(standing, article, catalog, at);
        return new Given(link(outcome.share()), outcome.isNew());
    }

    @Transactional
    public Links of(Identity reader, Instant at) {
        Account account = account(reader);
        Window.Period month = GiveAway.month(at);
        long given = shares.givenSince(account.id, month.beginsAt());
        return new Links(
                shares.of(account.id).stream().map(this::link).toList(),
                Math.max(0, config.monthly() - given),
                month.resetsAt());
    }

    /** From now on a link opens nothing; it stays counted. */
    @Transactional
    public void takeBack(Identity reader, String code, Instant at) {
        Account account = account(reader);
        Share share = shares.findByIdOptional(code)
                .filter(it -> it.accountId.equals(account.id))
                .orElseThrow(() -> Problem.notFound("No such link"));
        shares.revoke(share.code, at);
    }

    private Account account(Identity reader) {
        return accounts.of(reader).orElseThrow(NoAccount::problem);
    }

    private Link link(Share share) {
        return new Link(
                share.code,
                site.at("/share/" + share.code),
                share.source,
                share.articleName,
                share.givenAt,
                share.expiresAt,
                share.revokedAt,
                share.devices.length,
                config.devices());
    }
}
