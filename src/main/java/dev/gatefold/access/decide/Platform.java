package dev.gatefold.access.decide;

import dev.gatefold.kernel.Problem;
import java.util.Arrays;
import java.util.Locale;

/** Where the answer will be shown. */
public enum Platform {
    WEB,
    /** Apple's rules: no price and no parameterised link outside its own store. */
    IOS,
    ANDROID;

    public static Platform parse(String name) {
        return name == null
                ? WEB
                : Arrays.stream(values())
                        .filter(surface ->
                                surface.name().toLowerCase(Locale.ROOT).equals(name))
                        .findAny()
                        .orElseThrow(() -> Problem.invalid("surface", "is none of web, ios, android"));
    }
}
