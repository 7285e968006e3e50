/** The secret key of the service, from which tokens, fingerprints and pseudonyms are derived. */
package dev.gatefold.accounts.keys;
