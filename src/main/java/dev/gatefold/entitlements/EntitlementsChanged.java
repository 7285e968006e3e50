package dev.gatefold.entitlements;

import dev.gatefold.kernel.Identity;
import java.util.UUID;

/** A fact: what an account holds has changed, and its version has grown. Act on it after commit. */
public record EntitlementsChanged(UUID account, Identity reader, long version) {}
