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

@Path("/dev/clock")
@RateLimitExempt
@PermitAll
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Development")
final class SandboxClockResource {
    record ClockTime(Instant now) {}

    /** To an instant, or by a duration; {@code P14D} is fourteen days. */
    record ClockMove(Instant now, String advance) {}

    private static final Instant EARLIEST = Instant.parse("2000-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("2200-01-01T00:00:00Z");

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
    @Operation(summary = "What time it is for the service")
    public ClockTime show() {
        return new ClockTime(clock.instant());
    }

    @PUT
    @Operation(
            summary = "Move the service's clock",
            description = "{\"now\": instant} or {\"advance\": \"P14D\"}; answers when all that fell due has been done")
    public ClockTime move(@NotNull ClockMove move) {
        if ((move.now == null) == (move.advance == null)) {
            throw Problem.invalid("/now", "give now or advance, one of the two");
        }
        Instant target = move.now != null ? move.now : clock.instant().plus(duration(move.advance));
        if (target.isBefore(EARLIEST) || target.isAfter(LATEST)) {
            throw Problem.invalid("/now", "leads out of the years 2000 to 2200");
        }
        Duration passed = Duration.between(clock.instant(), target);
        clock.set(target);
        stripe.processDue();
        billing.drain();
        reconciler.runIfElapsed(passed);
        passKeys.catchUp(target);
        return show();
    }

    private static Duration duration(String text) {
        try {
            Duration duration = Duration.parse(text);
            if (duration.abs().toDays() > 36_500) {
                throw Problem.invalid("/advance", "is longer than a hundred years");
            }
            return duration;
        } catch (DateTimeException | ArithmeticException e) {
            throw Problem.invalid("/advance", "is not a duration of ISO 8601, such as P14D or PT36H");
        }
    }
}
