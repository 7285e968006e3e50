package dev.gatefold.sandbox.issuer;

import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** The sign-ins that wait for a choice of user, and the codes that have not been exchanged. Each is used once. */
final class AuthorizationCodes {
    private static final int MAX_PENDING = 1000;

    /** The request of a code, and the subject that signed in. */
    record AuthorizationGrant(AuthorizationRequest request, String subject) {}

    private final Map<String, AuthorizationRequest> pending = new ConcurrentHashMap<>();
    private final Map<String, AuthorizationGrant> grants = new ConcurrentHashMap<>();

    /** Stores a request until a user is chosen. Drops all pending requests when there are 1,000. */
    String addPending(AuthorizationRequest request) {
        if (pending.size() >= MAX_PENDING) {
            pending.clear();
        }
        String id = UUID.randomUUID().toString();
        pending.put(id, request);
        return id;
    }

    Optional<AuthorizationRequest> removePending(String id) {
        return Optional.ofNullable(id).map(pending::remove);
    }

    /** Returns a new code for the user. */
    String issue(AuthorizationRequest request, String subject) {
        String code = UUID.randomUUID().toString();
        grants.put(code, new AuthorizationGrant(request, subject));
        return code;
    }

    /** Returns the grant and makes the code invalid. */
    Optional<AuthorizationGrant> redeem(String code) {
        return Optional.ofNullable(code).map(grants::remove);
    }
}
