package dev.gatefold.passes;

import dev.gatefold.kernel.Problem;
import java.util.Arrays;
import java.util.Locale;

/** For whose eyes a pass is. */
enum Audience {
    /** A worker in front of the articles, which can be told at any time that a pass is void. */
    EDGE,
    /** A reader's app, which at times can reach nobody. */
    APP;

    static Audience of(String name) {
        return name == null
                ? EDGE
                : Arrays.stream(values())
                        .filter(audience -> audience.claim().equals(name))
                        .findAny()
                        .orElseThrow(() -> Problem.invalid("/for", "is none of edge, app"));
    }

    /** As a pass names it. */
    String claim() {
        return name().toLowerCase(Locale.ROOT);
    }
}
