package dev.gatefold.passes.issuance;

import dev.gatefold.passes.claims.PassLifetime;

/**
 * A pass as the reader receives it.
 *
 * @param compactJws compact serialisation in ASCII, at most {@value PassIssuer#MAX_PASS_BYTES} bytes
 */
record SignedPass(String compactJws, PassLifetime lifetime) {}
