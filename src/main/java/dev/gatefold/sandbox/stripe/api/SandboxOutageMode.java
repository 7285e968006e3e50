package dev.gatefold.sandbox.stripe.api;

/** Healthy, 500, 429, no response until the mode changes, or a closed connection. */
public enum SandboxOutageMode {
    UP,
    FAIL,
    LIMIT,
    HANG,
    DOWN
}
