/** What is checked before the service starts, and the migration of the schema. Owns no table; may look at everything. */
package dev.gatefold.ops;
