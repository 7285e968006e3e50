package dev.gatefold.testing;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;

/** What a page is looked at with. Nothing moves on it, so that what is seen does not depend on when. */
public record BrowserScreen(int width, int height, boolean dark, boolean javaScript, String locale) {
    /** The narrowest that a page must fit on. */
    public static final BrowserScreen PHONE = new BrowserScreen(320, 640, false, true, "en-US");

    public static final BrowserScreen DESK = new BrowserScreen(1280, 800, false, true, "en-US");

    public BrowserScreen withDarkMode() {
        return new BrowserScreen(width, height, true, javaScript, locale);
    }

    public BrowserScreen withoutJavaScript() {
        return new BrowserScreen(width, height, dark, false, locale);
    }

    /** What the reader has set as the language of the browser. */
    public BrowserScreen withLocale(String locale) {
        return new BrowserScreen(width, height, dark, javaScript, locale);
    }

    NewContextOptions options() {
        return new NewContextOptions()
                .setViewportSize(width, height)
                .setColorScheme(dark ? ColorScheme.DARK : ColorScheme.LIGHT)
                .setReducedMotion(ReducedMotion.REDUCE)
                .setJavaScriptEnabled(javaScript)
                .setLocale(locale)
                .setTimezoneId("UTC");
    }
}
