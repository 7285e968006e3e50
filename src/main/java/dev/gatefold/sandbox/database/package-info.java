/** A PostgreSQL server that the development service and the tests start. */
package dev.gatefold.sandbox.database;
