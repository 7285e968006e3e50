package dev.gatefold;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;

/** What a page is looked at with. Nothing moves on it, so that what is seen does not depend on when. */
public record Screen(int width, int height, boolean dark, boolean javaScript, String locale) {
    /** The narrowest that a page must fit on. */
    public static final Screen PHONE = new Screen(320, 640, false, true, "en-US");

    public static final Screen DESK = new Screen(1280, 800, false, true, "en-US");

    public Screen inTheDark() {
        return new Screen(width, height, true, javaScript, locale);
    }

    public Screen withoutJavaScript() {
        return new Screen(width, height, dark, false, locale);
    }

    /** What the reader has set as the language of the browser. */
    public Screen in(String locale) {
        return new Screen(width, height, dark, javaScript, locale);
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
