/** Completes the OpenAPI document at build time. */
package dev.gatefold.web.openapi;
