package dev.gatefold.sandbox.control;

import dev.gatefold.billing.queue.BillingWorker;
import dev.gatefold.billing.queue.Reconciler;
import dev.gatefold.kernel.Problem;
import dev.gatefold.passes.keys.PassKeyRotation;
import dev.gatefold.web.endpoint.RateLimitExempt;
import jakarta.annotation.security.PermitAll;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Shows and moves the clock of the service, and runs all work that becomes due. */
@Path("/dev/clock")
@RateLimitExempt
@PermitAll
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Development")
final class SandboxClockResource {
    record ClockTime(Instant now) {}

    /** The target as an instant, or as an ISO 8601 duration such as {@code P14D}; exactly one of the two. */
    record ClockMove(Instant now, String advance) {}

    private static final Instant EARLIEST = Instant.parse("2000-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("2200-01-01T00:00:00Z");

    private static final int MAX_DAYS = 36_500;

    private final MovableClock clock;
    private final StripeSandboxClient stripe;
    private final BillingWorker billing;
    private final Reconciler reconciler;
    private final PassKeyRotation passKeys;

    SandboxClockResource(
            MovableClock clock,
            StripeSandboxClient stripe,
            BillingWorker billing,
            Reconciler reconciler,
            PassKeyRotation passKeys) {
        this.clock = clock;
        this.stripe = stripe;
        this.billing = billing;
        this.reconciler = reconciler;
        this.passKeys = passKeys;
    }

    @GET
    @Operation(operationId = "getClock", summary = "Retrieve the clock of the service")
    public ClockTime show() {
        return new ClockTime(clock.instant());
    }

    @PUT
    @Operation(
            operationId = "moveClock",
            summary = "Move the clock of the service",
            description =
                    "Takes {\"now\": instant} or {\"advance\": \"P14D\"}. The response is sent when all work that became"
                            + " due has been done: renewals and webhooks of the Stripe sandbox, billing queue, reconciliation and"
                            + " key rotation. Development only.")
    public ClockTime move(@NotNull ClockMove move) {
        if ((move.now == null) == (move.advance == null)) {
            throw Problem.invalid("/now", "must be given unless advance is given; use exactly one of the two");
        }
        Instant target = move.now != null ? move.now : clock.instant().plus(duration(move.advance));
        if (target.isBefore(EARLIEST) || target.isAfter(LATEST)) {
            throw Problem.invalid("/now", "must be between the years 2000 and 2200");
        }
        Duration elapsed = Duration.between(clock.instant(), target);
        clock.set(target);
        stripe.processDue();
        billing.drain();
        reconciler.runIfElapsed(elapsed);
        passKeys.catchUp(target);
        return show();
    }

    private static Duration duration(String text) {
        try {
            Duration duration = Duration.parse(text);
            if (duration.abs().toDays() > MAX_DAYS) {
                throw Problem.invalid("/advance", "must be at most 36500 days");
            }
            return duration;
        } catch (DateTimeException | ArithmeticException e) {
            throw Problem.invalid("/advance", "must be an ISO 8601 duration, such as P14D or PT36H");
        }
    }
}
