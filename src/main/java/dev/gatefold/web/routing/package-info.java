/** Responses to requests that no endpoint accepts, and request ids. */
package dev.gatefold.web.routing;
