package dev.gatefold.entitlements;

import dev.gatefold.kernel.Term;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * All entitlements of a reader, as an immutable value.
 *
 * @param account id of the account; empty for a reader without account
 * @param version version of the account, which increases with every change of the entitlements; 0 without account
 * @param entitlements past, current and future entitlements
 * @param loadedAt when the entitlements were loaded
 * @param stale true if the standing is older than allowed because the database is unavailable
 * @param trialUsed true if the person has had the free trial, with this account or an earlier one
 * @param billing status of the reader's subscription
 */
public record Standing(
        Optional<UUID> account,
        long version,
        List<Entitlement> entitlements,
        Instant loadedAt,
        boolean stale,
        boolean trialUsed,
        BillingStatus billing) {
    /** How long a cached standing is used without reloading it, while invalidations are received. */
    static final Duration FRESH_FOR = Duration.ofSeconds(30);

    /** How long a cached standing is used while the database is unavailable. */
    static final Duration RETAINED_FOR = Duration.ofMinutes(15);

    private static final Comparator<Entitlement> BY_END =
            Comparator.comparing(entitlement -> entitlement.term().end());

    /** Returns the standing of a reader without account and without earlier trial. */
    public static Standing anonymous(Instant loadedAt) {
        return withoutAccount(false, loadedAt);
    }

    /** Returns the standing of a reader without account, who may have had one before. */
    static Standing withoutAccount(boolean trialUsed, Instant loadedAt) {
        return new Standing(Optional.empty(), 0, List.of(), loadedAt, false, trialUsed, BillingStatus.NONE);
    }

    /** Creates a standing of a reader who has had no trial before and has no live subscription. */
    public Standing(
            Optional<UUID> account, long version, List<Entitlement> entitlements, Instant loadedAt, boolean stale) {
        this(account, version, entitlements, loadedAt, stale, false, BillingStatus.NONE);
    }

    /** Copies the list. */
    public Standing {
        entitlements = List.copyOf(entitlements);
    }

    /** Returns this standing with other entitlements. */
    public Standing withEntitlements(List<Entitlement> entitlements) {
        return new Standing(account, version, entitlements, loadedAt, stale, trialUsed, billing);
    }

    /** Returns this standing with another billing status. */
    public Standing withBilling(BillingStatus billing) {
        return new Standing(account, version, entitlements, loadedAt, stale, trialUsed, billing);
    }

    Standing asStale() {
        return new Standing(account, version, entitlements, loadedAt, true, trialUsed, billing);
    }

    /** Returns true if the account has a newer version, or if an account may have been created. */
    boolean isOutdatedBy(long version) {
        return account.isEmpty() || this.version < version;
    }

    boolean isRetained(Instant at) {
        return isYoungerThan(RETAINED_FOR, at);
    }

    boolean isYoungerThan(Duration age, Instant at) {
        return !at.isBefore(loadedAt) && at.isBefore(loadedAt.plus(age));
    }

    /** Returns the entitlement that matches, contains the instant and ends last; empty if there is none. */
    public Optional<Entitlement> longestActive(Predicate<Entitlement> matches, Instant at) {
        Entitlement longest = null;
        for (Entitlement entitlement : entitlements) {
            if (entitlement.term().contains(at)
                    && matches.test(entitlement)
                    && (longest == null || BY_END.compare(longest, entitlement) <= 0)) {
                longest = entitlement;
            }
        }
        return Optional.ofNullable(longest);
    }

    /** Returns the next start of a matching entitlement after the instant; {@link Instant#MAX} if there is none. */
    public Instant nextStart(Predicate<Entitlement> matches, Instant at) {
        Instant next = Instant.MAX;
        for (Entitlement entitlement : entitlements) {
            if (entitlement.term().startsAfter(at)
                    && entitlement.term().from().isBefore(next)
                    && matches.test(entitlement)) {
                next = entitlement.term().from();
            }
        }
        return next;
    }

    /** Returns the next start or end of any entitlement after the instant; {@link Instant#MAX} if there is none. */
    public Instant nextChange(Instant at) {
        return entitlements.stream()
                .flatMap(entitlement ->
                        Stream.of(entitlement.term().from(), entitlement.term().end()))
                .filter(at::isBefore)
                .min(Comparator.naturalOrder())
                .orElse(Instant.MAX);
    }

    /** Returns the entitlements that make the reader a member at the instant. */
    public Stream<Entitlement> activeMemberships(Instant at) {
        return entitlements.stream()
                .filter(entitlement ->
                        entitlement.basis().isMembership() && entitlement.term().contains(at));
    }

    /** Returns the membership entitlement that ended last; empty if none has ended. */
    public Optional<Entitlement> lastEndedMembership(Instant at) {
        return entitlements.stream()
                .filter(entitlement ->
                        entitlement.basis().isMembership() && entitlement.term().endedBy(at))
                .max(BY_END);
    }

    /** Returns the entitlement with this origin; empty if there is none. */
    public Optional<Entitlement> findByOrigin(String origin) {
        return entitlements.stream()
                .filter(entitlement -> entitlement.origin().equals(origin))
                .findAny();
    }

    /**
     * Returns the end of the membership, over consecutive entitlements without a gap; {@link Instant#MAX} for no end,
     * empty if the reader is not a member at the instant.
     */
    public Optional<Instant> membershipUntil(Instant at) {
        Instant end = at;
        boolean extended = true;
        while (extended) {
            Instant reached = end;
            end = entitlements.stream()
                    .filter(entitlement -> entitlement.basis().isMembership())
                    .map(Entitlement::term)
                    .filter(term -> term.contains(reached))
                    .map(Term::end)
                    .max(Comparator.naturalOrder())
                    .orElse(reached);
            extended = end.isAfter(reached) && !end.equals(Instant.MAX);
        }
        return Optional.of(end).filter(it -> it.isAfter(at));
    }
}
