package dev.gatefold.sandbox.stripe.api;

/**
 * Settings of simulated outages.
 *
 * @param latencyMs delay of every response in milliseconds
 * @param failEvery applies the mode to every n-th request only, and mode {@code UP} as 500; null for every request
 */
public record SandboxOutageSettings(SandboxOutageMode mode, long latencyMs, Integer failEvery) {
    public static final SandboxOutageSettings HEALTHY = new SandboxOutageSettings(SandboxOutageMode.UP, 0, null);
}
