/**
 * Demo readers and demo pages: the overview page at {@code /}, a news site at {@code /reader}, and a publisher's page with
 * the paywall element at {@code /example/article.html}. The package has no tables; it creates accounts and entitlements
 * through their modules.
 */
package dev.gatefold.sandbox.demo;
