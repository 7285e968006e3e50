package dev.gatefold.access.decide;

import dev.gatefold.kernel.Problem;
import java.util.Arrays;
import java.util.Locale;

/** Platform on which the caller shows the decision. */
public enum Platform {
    WEB,
    /** Apple's rules allow neither prices nor links with parameters outside the App Store. */
    IOS,
    ANDROID;

    /** Returns the platform with a name in lower case; {@code WEB} for null. */
    public static Platform parse(String name) {
        return name == null
                ? WEB
                : Arrays.stream(values())
                        .filter(platform ->
                                platform.name().toLowerCase(Locale.ROOT).equals(name))
                        .findAny()
                        .orElseThrow(() -> Problem.invalid("surface", "is not web, ios or android"));
    }
}
