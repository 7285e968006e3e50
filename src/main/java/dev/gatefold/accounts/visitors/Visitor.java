package dev.gatefold.accounts.visitors;

import java.util.UUID;

/**
 * Somebody who has not signed up, known only by a number that we gave them.
 *
 * @param canUseMeter false where so many had come from the same part of the network that this one is to sign up
 */
public record Visitor(UUID id, boolean canUseMeter) {}
