/** Port for access without entitlement or meter. Other modules implement {@code BypassProvider}; see shares and bots. */
package dev.gatefold.access.bypass;
