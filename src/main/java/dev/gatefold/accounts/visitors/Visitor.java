package dev.gatefold.accounts.visitors;

import java.util.UUID;

/**
 * A reader without account, identified by a visitor token.
 *
 * @param id random id from the token
 * @param canUseMeter false if the token was issued beyond the daily quota of its network; such a visitor must sign up to
 *     read metered articles
 */
public record Visitor(UUID id, boolean canUseMeter) {}
