package dev.gatefold.access.bypass;

/**
 * Network connection of a reader.
 *
 * @param remoteAddress IP address of the reader, taken from a proxy's header only if the operator trusts proxies; null if
 *     unknown
 * @param userAgent value of the {@code User-Agent} header, or null
 */
public record ClientConnection(String remoteAddress, String userAgent) {}
