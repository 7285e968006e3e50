/** What is checked before the service starts. Owns nothing; may look at everything. */
package dev.gatefold.ops;
