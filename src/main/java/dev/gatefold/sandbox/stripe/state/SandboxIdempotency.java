package dev.gatefold.sandbox.stripe.state;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatefold.sandbox.stripe.http.SandboxApiError;
import dev.gatefold.sandbox.stripe.http.SandboxApiRequest;
import java.time.Duration;
import java.util.function.Supplier;

/** The first answer to a key is the answer, for a day, whatever it was. */
public final class SandboxIdempotency {
    public record IdempotentReply(int status, JsonNode body, boolean replayed) {}

    private static final Duration KEPT = Duration.ofHours(24);

    private final SandboxState world;

    public SandboxIdempotency(SandboxState world) {
        this.world = world;
    }

    public IdempotentReply replayOrRun(SandboxApiRequest call, Supplier<IdempotentReply> answer) {
        if (!call.method().equals("POST") || call.idempotencyKey() == null) {
            return answer.get();
        }
        ObjectNode replies = world.settings("replies");
        replies.properties().removeIf(it -> isOld(it.getValue()));
        String request = call.path() + " " + call.form().fields();
        JsonNode known = replies.path(call.idempotencyKey());
        if (known.isMissingNode()) {
            IdempotentReply reply = answer.get();
            replies.putObject(call.idempotencyKey())
                    .put("request", request)
                    .put("at", world.nowEpochSeconds())
                    .put("status", reply.status)
                    .set("body", reply.body.deepCopy());
            return reply;
        }
        if (!known.path("request").asText().equals(request)) {
            throw SandboxApiError.idempotencyError(
                    "Keys for idempotent requests can only be used with the same parameters they"
                            + " were first used with. Try using a key other than '" + call.idempotencyKey() + "'.");
        }
        return new IdempotentReply(known.path("status").asInt(), known.path("body"), true);
    }

    private boolean isOld(JsonNode reply) {
        return reply.path("at").asLong() + KEPT.toSeconds() <= world.nowEpochSeconds();
    }
}
