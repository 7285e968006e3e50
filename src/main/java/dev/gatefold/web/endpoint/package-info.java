/**
 * Annotations by which resources declare how requests are handled, and the index that filters read them from. Start with
 * {@link dev.gatefold.web.endpoint.EndpointPolicy}; {@link dev.gatefold.web.endpoint.EndpointPolicies} is the entry point.
 */
package dev.gatefold.web.endpoint;
