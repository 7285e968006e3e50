package dev.gatefold.testing;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;

/** The settings of a test browser's window. Motion is reduced, so that screenshots do not depend on timing. */
public record BrowserScreen(int width, int height, boolean dark, boolean javaScript, String locale) {
    /** The narrowest screen that pages must support. */
    public static final BrowserScreen PHONE = new BrowserScreen(320, 640, false, true, "en-US");

    public static final BrowserScreen DESK = new BrowserScreen(1280, 800, false, true, "en-US");

    public BrowserScreen withDarkMode() {
        return new BrowserScreen(width, height, true, javaScript, locale);
    }

    public BrowserScreen withoutJavaScript() {
        return new BrowserScreen(width, height, dark, false, locale);
    }

    /** Returns this screen with another browser language, such as {@code de-DE}. */
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
