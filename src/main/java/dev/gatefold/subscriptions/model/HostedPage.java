package dev.gatefold.subscriptions.model;

import java.net.URI;

/**
 * A page of the billing provider on which a reader pays for a checkout.
 *
 * @param sessionId id of the page at the provider
 * @param url absolute URL to which the reader is redirected
 */
public record HostedPage(String sessionId, URI url) {}
