package dev.gatefold.catalog.rules;

import dev.gatefold.kernel.Problem;
import dev.gatefold.web.http.ClientCountry;
import jakarta.inject.Singleton;

/** The requirement that territories are used only if the country of clients is known. */
@Singleton
public final class TerritoryRequirement {
    private final ClientCountry clientCountry;

    TerritoryRequirement(ClientCountry clientCountry) {
        this.clientCountry = clientCountry;
    }

    /** Returns true if the policy has no territories, or if the country header is configured. */
    public boolean isMetBy(Policy policy) {
        return policy.territories() == null || clientCountry.isConfigured();
    }

    /**
     * Rejects territories that could not be enforced.
     *
     * @param pointer location of the territories in the request, for the problem
     * @throws Problem {@code invalid-input} if the policy has territories but no country header is configured
     */
    public void check(Policy policy, String pointer) {
        if (!isMetBy(policy)) {
            throw Problem.invalid(pointer, "requires GATEFOLD_COUNTRY_HEADER, which is not set");
        }
    }
}
