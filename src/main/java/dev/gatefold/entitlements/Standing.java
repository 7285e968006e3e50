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
 * Everything that a reader holds, as one value.
 *
 * @param account empty for a visitor, and for a reader who has not signed up
 * @param version grows with every change of the account's rights
 * @param stale the database is away, and this is what was known before
 * @param trialUsed whether the reader has had the free trial, also with an account that is gone
 */
public record Standing(
        Optional<UUID> account,
        long version,
        List<Entitlement> entitlements,
        Instant loadedAt,
        boolean stale,
        boolean trialUsed) {
    /** So long a grant is answered from memory without asking again, where every change would have been heard of. */
    static final Duration FRESH_FOR = Duration.ofSeconds(30);

    /** So long the last that was known is good enough while the database is away. */
    static final Duration RETAINED_FOR = Duration.ofMinutes(15);

    private static final Comparator<Entitlement> BY_END =
            Comparator.comparing(right -> right.term().end());

    /** Of whoever has no account. */
    public static Standing anonymous(Instant loadedAt) {
        return withoutAccount(false, loadedAt);
    }

    /** Of a reader who has no account, and may have had one. */
    static Standing withoutAccount(boolean trialTaken, Instant loadedAt) {
        return new Standing(Optional.empty(), 0, List.of(), loadedAt, false, trialTaken);
    }

    /** Of somebody who has taken no trial but what these rights tell of. */
    public Standing(Optional<UUID> account, long version, List<Entitlement> rights, Instant loadedAt, boolean stale) {
        this(account, version, rights, loadedAt, stale, false);
    }

    public Standing {
        entitlements = List.copyOf(entitlements);
    }

    /** The same reader, holding these rights. */
    public Standing withEntitlements(List<Entitlement> rights) {
        return new Standing(account, version, rights, loadedAt, stale, trialUsed);
    }

    Standing asStale() {
        return new Standing(account, version, entitlements, loadedAt, true, trialUsed);
    }

    /** Whether it is other now; where there was no account, there may be one. */
    boolean isOutdatedBy(long version) {
        return account.isEmpty() || this.version < version;
    }

    boolean isRetained(Instant at) {
        return isYoungerThan(RETAINED_FOR, at);
    }

    boolean isYoungerThan(Duration age, Instant at) {
        return !at.isBefore(loadedAt) && at.isBefore(loadedAt.plus(age));
    }

    /** Of the rights that open something, the one that does so now; of several, the one that lasts longest. */
    public Optional<Entitlement> longestActive(Predicate<Entitlement> opens, Instant at) {
        Entitlement longest = null;
        for (Entitlement right : entitlements) {
            if (right.term().contains(at)
                    && opens.test(right)
                    && (longest == null || BY_END.compare(longest, right) <= 0)) {
                longest = right;
            }
        }
        return Optional.ofNullable(longest);
    }

    /** When one of the rights that open something begins that has not begun yet; far away where there is none. */
    public Instant nextStart(Predicate<Entitlement> opens, Instant at) {
        Instant next = Instant.MAX;
        for (Entitlement right : entitlements) {
            if (right.term().startsAfter(at) && right.term().from().isBefore(next) && opens.test(right)) {
                next = right.term().from();
            }
        }
        return next;
    }

    /** The next instant at which a right begins or ends; far away where there is none. */
    public Instant nextChange(Instant at) {
        return entitlements.stream()
                .flatMap(right -> Stream.of(right.term().from(), right.term().end()))
                .filter(at::isBefore)
                .min(Comparator.naturalOrder())
                .orElse(Instant.MAX);
    }

    /** What makes a member now. */
    public Stream<Entitlement> activeMemberships(Instant at) {
        return entitlements.stream()
                .filter(right -> right.basis().isMembership() && right.term().contains(at));
    }

    /** What made a member last, of what does so no more. */
    public Optional<Entitlement> lastEndedMembership(Instant at) {
        return entitlements.stream()
                .filter(right -> right.basis().isMembership() && right.term().endedBy(at))
                .max(BY_END);
    }

    /**
     * Whether a payment is owed that was waited for, and is waited for no more. Whatever ended otherwise since then: who
     * owes is not to be sold anything.
     */
    public boolean hasUnpaidGrace(Instant at) {
        return entitlements.stream()
                .anyMatch(right ->
                        right.basis() == EntitlementBasis.GRACE && right.term().endedBy(at));
    }

    public Optional<Entitlement> findByOrigin(String origin) {
        return entitlements.stream()
                .filter(right -> right.origin().equals(origin))
                .findAny();
    }

    /** When the memberships that follow one another without a gap come to their end; empty where there is none now. */
    public Optional<Instant> membershipUntil(Instant at) {
        Instant end = at;
        boolean longer = true;
        while (longer) {
            Instant reached = end;
            end = entitlements.stream()
                    .filter(right -> right.basis().isMembership())
                    .map(Entitlement::term)
                    .filter(term -> term.contains(reached))
                    .map(Term::end)
                    .max(Comparator.naturalOrder())
                    .orElse(reached);
            longer = end.isAfter(reached) && !end.equals(Instant.MAX);
        }
        return Optional.of(end).filter(it -> it.isAfter(at));
    }
}
