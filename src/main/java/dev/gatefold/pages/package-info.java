/**
 * Serves the HTML pages of the service and the paywall element for publishers' pages ({@code gatefold.js}).
 *
 * <p>Owns the tables {@code sign_in} and {@code browser_session}, the texts of the pages in each language, and the cookies
 * of the pages. It does not decide access and does not sell: it calls {@code access}, {@code subscriptions},
 * {@code shares} and {@code privacy}. All pages work without JavaScript. Card numbers are never entered here.
 *
 * <p>A reader app in the same process calls {@link dev.gatefold.pages.wall.WallPages} to check access and
 * {@link dev.gatefold.pages.wall.ArticlePageAccess} to open an article.
 *
 * <p>Reading order: {@link dev.gatefold.pages.session.ViewerResolver} (identifies the reader of a request),
 * {@link dev.gatefold.pages.wall.WallPages} and {@link dev.gatefold.pages.wall.WallView} (the paywall),
 * {@code account.AccountPageResource} (the account page), {@link dev.gatefold.pages.layout.PageRenderer}.
 */
package dev.gatefold.pages;
