package dev.gatefold.sandbox.stripe;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.function.Supplier;

/** The first answer to a key is the answer, for a day, whatever it was. */
final class Idempotency {
    record Reply(int status, JsonNode body, boolean replayed) {}

    private static final Duration KEPT = Duration.ofHours(24);

    private final World world;

    Idempotency(World world) {
        this.world = world;
    }

    Reply once(Call call, Supplier<Reply> answer) {
        if (!call.method().equals("POST") || call.idempotencyKey() == null) {
            return answer.get();
        }
        ObjectNode replies = world.settings("replies");
        replies.properties().removeIf(it -> isOld(it.getValue()));
        String request = call.path() + " " + call.form().fields();
        JsonNode known = replies.path(call.idempotencyKey());
        if (known.isMissingNode()) {
            Reply reply = answer.get();
            replies.putObject(call.idempotencyKey())
                    .put("request", request)
                    .put("at", world.seconds())
                    .put("status", reply.status)
                    .set("body", reply.body.deepCopy());
            return reply;
        }
        if (!known.path("request").asText().equals(request)) {
            throw Refusal.idempotency("Keys for idempotent requests can only be used with the same parameters they"
                    + " were first used with. Try using a key other than '" + call.idempotencyKey() + "'.");
        }
        return new Reply(known.path("status").asInt(), known.path("body"), true);
    }

    private boolean isOld(JsonNode reply) {
        return reply.path("at").asLong() + KEPT.toSeconds() <= world.seconds();
    }
}
