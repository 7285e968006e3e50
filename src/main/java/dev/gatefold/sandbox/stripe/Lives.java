package dev.gatefold.sandbox.stripe;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What time does. Whatever falls due does so at its own instant and in order, however far the clock jumps. Nothing is
 * scheduled: what is due follows from what there is.
 */
final class Lives {
    private static final long WARNING = Duration.ofDays(3).toSeconds();
    private static final long FIRST_PAYMENT_WITHIN = Duration.ofHours(23).toSeconds();
    private static final long DRAFT_FOR = Duration.ofHours(1).toSeconds();

    private record Due(long at, Runnable happens) {}

    private final World world;
    private final Events events;
    private final Cards cards;
    private final Invoices invoices;
    private final Collecting collecting;
    private final Starting starting;
    private final Endings endings;

    Lives(
            World world,
            Events events,
            Cards cards,
            Invoices invoices,
            Collecting collecting,
            Starting starting,
            Endings endings) {
        this.world = world;
        this.events = events;
        this.cards = cards;
        this.invoices = invoices;
        this.collecting = collecting;
        this.starting = starting;
        this.endings = endings;
    }

    /** Lets everything happen that is due by now, and says whether anything was. */
    boolean play(Instant now) {
        events.because(null);
        Optional<Due> next = next(now.getEpochSecond());
        boolean any = next.isPresent();
        while (next.isPresent()) {
            world.standAt(Instant.ofEpochSecond(next.get().at));
            next.get().happens.run();
            next = next(now.getEpochSecond());
        }
        world.standAt(now);
        return any;
    }

    /** Of what is due at one instant, the first that is named here happens first. */
    private Optional<Due> next(long now) {
        return Stream.of(
                        world.all("checkout.session").stream().flatMap(this::session),
                        world.all("payment_intent").stream().flatMap(this::debit),
                        world.all("subscription").stream()
                                .filter(it -> !it.hasNonNull("ended_at"))
                                .flatMap(this::subscription),
                        world.all("invoice").stream()
                                .filter(it -> it.path("auto_advance").asBoolean())
                                .flatMap(this::invoice))
                .flatMap(it -> it)
                .filter(it -> it.at <= now)
                .min(Comparator.comparingLong(Due::at));
    }

    private Stream<Due> session(ObjectNode session) {
        if (!session.path("status").asText().equals("open")) {
            return Stream.empty();
        }
        return Stream.of(new Due(session.path("expires_at").asLong(), () -> Checkout.expire(session, events)));
    }

    private Stream<Due> debit(ObjectNode intent) {
        if (!intent.path("status").asText().equals("processing")) {
            return Stream.empty();
        }
        long settles = world.note(intent).path("settles").asLong();
        return Stream.of(new Due(settles, () -> collecting.settle(intent, true)));
    }

    private Stream<Due> subscription(ObjectNode subscription) {
        Stream<Due> cancels = Optional.of(subscription.path("cancel_at").asLong()).filter(it -> it > 0).stream()
                .map(at -> new Due(at, () -> endings.cancel(subscription, null)));
        Stream<Due> resumes =
                Optional.of(subscription
                                .path("pause_collection")
                                .path("resumes_at")
                                .asLong())
                        .filter(it -> it > 0)
                        .stream()
                        .map(at -> new Due(at, () -> collectAgain(subscription)));
        return Stream.of(cancels, resumes, standing(subscription)).flatMap(it -> it);
    }

    private Stream<Due> standing(ObjectNode subscription) {
        return switch (subscription.path("status").asText()) {
            case "trialing" -> trial(subscription);
            case "incomplete" ->
                Stream.of(new Due(
                        subscription.path("created").asLong() + FIRST_PAYMENT_WITHIN,
                        () -> endings.expire(subscription)));
            case "active", "past_due", "unpaid" ->
                Stream.of(new Due(Starting.periodEnd(subscription), () -> renew(subscription)));
            default -> Stream.empty();
        };
    }

    private Stream<Due> trial(ObjectNode subscription) {
        long end = subscription.path("trial_end").asLong();
        Stream<Due> warning = world.note(subscription).path("warned").asBoolean()
                ? Stream.empty()
                : Stream.of(new Due(
                        Math.max(
                                end - WARNING,
                                world.note(subscription).path("warnFrom").asLong()),
                        () -> warn(subscription)));
        return Stream.concat(warning, Stream.of(new Due(end, () -> endTrial(subscription))));
    }

    private void warn(ObjectNode subscription) {
        world.note(subscription).put("warned", true);
        events.tell("customer.subscription.trial_will_end", subscription);
    }

    private void endTrial(ObjectNode subscription) {
        String without = subscription
                .path("trial_settings")
                .path("end_behavior")
                .path("missing_payment_method")
                .asText();
        if (cards.of(subscription).isEmpty() && without.equals("cancel")) {
            endings.cancel(subscription, null);
        } else if (cards.of(subscription).isEmpty() && without.equals("pause")) {
            endings.pause(subscription);
        } else {
            renew(subscription);
        }
    }

    /** The period moves first; the invoice for it is a draft for an hour. */
    private void renew(ObjectNode subscription) {
        String status = subscription.path("status").asText();
        ObjectNode[] drafted = new ObjectNode[1];
        events.change("customer.subscription.updated", subscription, () -> {
            if (status.equals("trialing")) {
                subscription.put("status", "active");
            }
            long from = Starting.periodStart(subscription);
            long until = Starting.periodEnd(subscription);
            starting.nextPeriod(subscription, until);
            drafted[0] = starting.draft(subscription, "subscription_cycle", from, until);
        });
        ObjectNode invoice = drafted[0];
        if (status.equals("unpaid") || keepsDrafts(subscription)) {
            invoice.put("auto_advance", false);
        } else {
            invoice.put("automatically_finalizes_at", world.seconds() + DRAFT_FOR);
        }
        events.tell("invoice.created", invoice);
    }

    private static boolean keepsDrafts(ObjectNode subscription) {
        return subscription.path("pause_collection").path("behavior").asText().equals("keep_as_draft");
    }

    private void collectAgain(ObjectNode subscription) {
        events.change("customer.subscription.updated", subscription, () -> subscription.putNull("pause_collection"));
    }

    private Stream<Due> invoice(ObjectNode invoice) {
        return switch (invoice.path("status").asText()) {
            case "draft" ->
                Stream.of(new Due(
                        invoice.path("automatically_finalizes_at").asLong(Long.MAX_VALUE), () -> finalise(invoice)));
            case "open" ->
                Stream.of(new Due(
                        invoice.path("next_payment_attempt").asLong(Long.MAX_VALUE),
                        () -> collecting.attempt(invoice)));
            default -> Stream.empty();
        };
    }

    private void finalise(ObjectNode invoice) {
        ObjectNode subscription = world.get("subscription", Invoices.subscription(invoice));
        String paused = subscription.path("pause_collection").path("behavior").asText();
        invoices.finalise(invoice);
        switch (paused) {
            case "void" -> invoices.close(invoice, "void", "voided_at", "invoice.voided");
            case "mark_uncollectible" ->
                invoices.close(invoice, "uncollectible", "marked_uncollectible_at", "invoice.marked_uncollectible");
            default -> {
                if (invoice.path("status").asText().equals("open")) {
                    collecting.attempt(invoice);
                }
            }
        }
    }
}
