/** Bearer tokens and their cache, and CORS. */
package dev.gatefold.web.security;
