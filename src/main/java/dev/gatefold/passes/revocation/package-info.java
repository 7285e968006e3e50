/** The public list of passes that are revoked before they expire. */
package dev.gatefold.passes.revocation;
