/** Issuing of passes: the endpoint, the pseudonymous subjects, and the record of which accounts have passes. */
package dev.gatefold.passes.issuance;
