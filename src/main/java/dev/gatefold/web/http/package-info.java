/** Callers, idempotency keys, pages of results, and strict JSON. */
package dev.gatefold.web.http;
