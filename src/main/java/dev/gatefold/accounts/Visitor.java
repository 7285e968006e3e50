package dev.gatefold.accounts;

import java.util.UUID;

/** Somebody who has not signed up, known only by a number that we gave them. */
public record Visitor(UUID id) {}
