package dev.gatefold.decisionlog;

import dev.gatefold.entitlements.Entitlement;
import dev.gatefold.entitlements.EntitlementBasis;
import dev.gatefold.entitlements.Standing;
import java.time.Instant;
import java.util.Set;
import java.util.stream.Collectors;

/** Kind of reader by which the results of a dry run are grouped. */
enum ReaderKind {
    /** Has a membership other than a trial. */
    MEMBER,
    TRIAL,
    /** Has an account without membership. */
    REGISTERED,
    /** Has no account. */
    VISITOR;

    static ReaderKind of(Standing standing, Instant at) {
        Set<EntitlementBasis> active =
                standing.activeMemberships(at).map(Entitlement::basis).collect(Collectors.toSet());
        if (active.isEmpty()) {
            return standing.account().isPresent() ? REGISTERED : VISITOR;
        }
        return active.equals(Set.of(EntitlementBasis.TRIAL)) ? TRIAL : MEMBER;
    }
}
