package dev.gatefold.entitlements;

import dev.gatefold.kernel.Identity;
import java.util.UUID;

/**
 * The fact that the entitlements of an account have changed. Observed after commit.
 *
 * @param reader identity of the account
 * @param version new version of the account
 */
public record EntitlementsChanged(UUID account, Identity reader, long version) {}
