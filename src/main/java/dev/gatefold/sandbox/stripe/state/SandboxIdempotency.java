package dev.gatefold.sandbox.stripe.state;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatefold.sandbox.stripe.http.SandboxApiError;
import dev.gatefold.sandbox.stripe.http.SandboxApiRequest;
import java.time.Duration;
import java.util.function.Supplier;

/** Replays the first response to an idempotency key for 24 hours, also if it was an error. */
public final class SandboxIdempotency {
    private static final Duration RETENTION = Duration.ofHours(24);

    private final SandboxState state;

    public SandboxIdempotency(SandboxState state) {
        this.state = state;
    }

    /** Returns the stored response to the key, or else runs the request and stores its response. */
    public SandboxIdempotentReply replayOrRun(SandboxApiRequest request, Supplier<SandboxIdempotentReply> action) {
        if (!request.method().equals("POST") || request.idempotencyKey() == null) {
            return action.get();
        }
        ObjectNode replies = state.settings("replies");
        replies.properties().removeIf(it -> isOld(it.getValue()));
        String parameters = request.path() + " " + request.form().fields();
        JsonNode known = replies.path(request.idempotencyKey());
        if (known.isMissingNode()) {
            SandboxIdempotentReply reply = action.get();
            replies.putObject(request.idempotencyKey())
                    .put("request", parameters)
                    .put("at", state.nowEpochSeconds())
                    .put("status", reply.status())
                    .set("body", reply.body().deepCopy());
            return reply;
        }
        if (!known.path("request").asText().equals(parameters)) {
            throw SandboxApiError.idempotencyError(
                    "Keys for idempotent requests can only be used with the same parameters they"
                            + " were first used with. Try using a key other than '" + request.idempotencyKey() + "'.");
        }
        return new SandboxIdempotentReply(known.path("status").asInt(), known.path("body"), true);
    }

    private boolean isOld(JsonNode reply) {
        return reply.path("at").asLong() + RETENTION.toSeconds() <= state.nowEpochSeconds();
    }
}
