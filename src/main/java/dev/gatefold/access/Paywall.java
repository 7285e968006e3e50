package dev.gatefold.access;

import dev.gatefold.access.Ruling.Ration;
import dev.gatefold.access.Ruling.Verdict;
import dev.gatefold.catalog.Catalog;
import dev.gatefold.catalog.Policy;
import dev.gatefold.catalog.Source;
import dev.gatefold.entitlements.Right;
import dev.gatefold.entitlements.Standing;
import java.time.Instant;
import java.util.Optional;

/**
 * The law of the wall. A pure function of the source, what the reader holds, and the instant; a right is looked for
 * before a ration, since rights are never spent.
 */
final class Paywall {
    private final Catalog catalog;

    Paywall(Catalog catalog) {
        this.catalog = catalog;
    }

    Ruling rule(Optional<Source> source, Standing standing, Instant at) {
        return source.map(it -> rule(it, standing, at)).orElseGet(() -> Verdict.of(Reason.SOURCE_UNKNOWN, Instant.MAX));
    }

    private Ruling rule(Source source, Standing standing, Instant at) {
        Policy policy = source.policy();
        return switch (policy.gate()) {
            case OPEN -> Verdict.of(Reason.OPEN, Instant.MAX);
            case REGISTERED ->
                standing.account().isPresent()
                        ? Verdict.of(Reason.REGISTERED, Instant.MAX)
                        : Verdict.of(Reason.SIGN_UP_REQUIRED, Instant.MAX);
            case METERED ->
                byRight(source, standing, at)
                        .orElseGet(() -> new Ration(
                                policy.window().at(at, source.zone()),
                                policy.allowance(),
                                standing.nextCovering(source, catalog, at)));
            case MEMBERS ->
                byRight(source, standing, at)
                        .orElseGet(() -> Verdict.of(lack(standing, at), standing.nextCovering(source, catalog, at)));
        };
    }

    private Optional<Ruling> byRight(Source source, Standing standing, Instant at) {
        return standing.covering(source, catalog, at).map(right -> {
            Instant end = right.term().end();
            Instant next = standing.nextCovering(source, catalog, at);
            return Verdict.of(Reason.of(right.basis()), next.isBefore(end) ? next : end);
        });
    }

    /** Why a reader who holds no right to a source holds none. */
    static Reason lack(Standing standing, Instant at) {
        if (standing.account().isEmpty()) {
            return Reason.SIGN_UP_REQUIRED;
        }
        if (standing.live(at).findAny().isPresent()) {
            return Reason.NOT_IN_PLAN;
        }
        if (standing.owes(at)) {
            return Reason.PAYMENT_FAILED;
        }
        return standing.lastEnded(at).map(Paywall::ended).orElse(Reason.MEMBERSHIP_REQUIRED);
    }

    private static Reason ended(Right last) {
        return switch (last.basis()) {
            case TRIAL -> Reason.TRIAL_ENDED;
            case GRACE -> Reason.PAYMENT_FAILED;
            case MEMBER, COMPLIMENTARY, GIFT, HOUSEHOLD, PURCHASED, PENDING_PAYMENT -> Reason.MEMBERSHIP_ENDED;
        };
    }
}
