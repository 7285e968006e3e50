package dev.gatefold.sandbox.issuer;

/** An authorization request that is answered with 400 and the message. It has no stack trace. */
final class InvalidAuthorizationRequest extends RuntimeException {
    private static final long serialVersionUID = 1L;

    InvalidAuthorizationRequest(String message) {
        super(message, null, false, false);
    }
}
