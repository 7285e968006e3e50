/** Claims of a pass, computed from a standing and the catalogue without I/O: scope, lifetime and the JSON that fits. */
package dev.gatefold.passes.claims;
