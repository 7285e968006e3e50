/** Schema migration and version check, credentials, and the circuit breaker for database outages. */
package dev.gatefold.platform.database;
