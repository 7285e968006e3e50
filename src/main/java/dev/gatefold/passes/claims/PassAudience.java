package dev.gatefold.passes.claims;

import dev.gatefold.kernel.Problem;
import java.util.Arrays;
import java.util.Locale;

/** The kind of verifier that a pass is issued for: the claim {@code aud}. */
public enum PassAudience {
    /** A worker in front of the articles. It polls the list of revoked passes. */
    EDGE,
    /** A reader's app. It may have no network connection for days. */
    APP;

    /**
     * Returns the audience that the member {@code for} of a request names.
     *
     * @param name {@code edge}, {@code app}, or null for {@code edge}
     * @throws Problem invalid request, if the name is another one
     */
    public static PassAudience fromRequest(String name) {
        if (name == null) {
            return EDGE;
        }
        return Arrays.stream(values())
                .filter(audience -> audience.claimValue().equals(name))
                .findAny()
                .orElseThrow(() -> Problem.invalid("/for", "must be edge or app"));
    }

    /** Returns the value of the claim {@code aud}. */
    public String claimValue() {
        return name().toLowerCase(Locale.ROOT);
    }
}
