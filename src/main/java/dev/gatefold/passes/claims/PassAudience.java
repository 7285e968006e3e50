package dev.gatefold.passes.claims;

import dev.gatefold.kernel.Problem;
import java.util.Arrays;
import java.util.Locale;

/** For whose eyes a pass is. */
public enum PassAudience {
    /** A worker in front of the articles, which can be told at any time that a pass is void. */
    EDGE,
    /** A reader's app, which at times can reach nobody. */
    APP;

    public static PassAudience fromClaim(String name) {
        return name == null
                ? EDGE
                : Arrays.stream(values())
                        .filter(audience -> audience.claimValue().equals(name))
                        .findAny()
                        .orElseThrow(() -> Problem.invalid("/for", "is none of edge, app"));
    }

    /** As a pass names it. */
    public String claimValue() {
        return name().toLowerCase(Locale.ROOT);
    }
}
