package dev.gatefold.access;

import static dev.gatefold.Actors.MEMBERS_ONLY;
import static dev.gatefold.Actors.bearer;
import static dev.gatefold.Actors.inTrial;
import static dev.gatefold.Actors.now;
import static dev.gatefold.Actors.signedUp;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatefold.Grants;
import dev.gatefold.ServiceTest;
import dev.gatefold.access.Decisions.Made;
import dev.gatefold.access.Ruling.Verdict;
import dev.gatefold.catalog.Catalog;
import dev.gatefold.catalog.CurrentCatalog;
import dev.gatefold.entitlements.Standing;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A denial is looked at again; here some are wrong, as if what was remembered of the reader were out of date. */
@ServiceTest
class DenialsTest {
    private static final Duration A_WHILE = Duration.ofSeconds(10);
    private static final Duration LONG = Duration.ofDays(400);

    @Inject
    Denials denials;

    @Inject
    CurrentCatalog catalog;

    @Inject
    MeterRegistry metrics;

    @Test
    void ofAMemberIsWrong() {
        assertThat(isWrong(denied(Grants.member(), Reason.MEMBERSHIP_REQUIRED, now()), A_WHILE))
                .isTrue();
    }

    @Test
    void ofWhoeverIsInTheirFreeDaysIsWrong() {
        assertThat(isWrong(denied(inTrial(), Reason.METER_EXHAUSTED, now()), A_WHILE))
                .isTrue();
    }

    @Test
    void ofWhoeverHoldsNothingIsRight() {
        assertThat(isWrong(denied(signedUp(), Reason.MEMBERSHIP_REQUIRED, now()), A_WHILE))
                .isFalse();
    }

    @Test
    void inTheMomentOfPayingIsRight() {
        assertThat(isWrong(denied(Grants.member(), Reason.MEMBERSHIP_REQUIRED, now()), Duration.ZERO))
                .isFalse();
    }

    @Test
    void afterTheRightHasEndedIsRight() {
        assertThat(isWrong(denied(Grants.member(), Reason.MEMBERSHIP_ENDED, now().plus(LONG)), A_WHILE))
                .isFalse();
    }

    @Test
    void whereNobodyMayReadIsRight() {
        assertThat(isWrong(denied(Grants.member(), Reason.TERRITORY, now()), A_WHILE))
                .isFalse();
    }

    @Test
    void ofWhatWasGrantedIsNone() {
        assertThat(isWrong(denied(Grants.member(), Reason.MEMBER, now()), A_WHILE))
                .isFalse();
    }

    /** Answered by a memory that knows the account, and nothing that it holds. */
    private Made denied(String reader, Reason reason, Instant at) {
        Question question = Question.plain(catalog.get().articleAt(MEMBERS_ONLY, "url"));
        UUID account = UUID.fromString(bearer(reader).get("/v1/me").path("id"));
        Standing standing = new Standing(Optional.of(account), 0, List.of(), at, false);
        Decision decision = Decision.of(question, Verdict.of(reason, Instant.MAX), standing, at, List.of(), null, null);
        return new Made(question, standing, Optional.of(account), Tally.EMPTY, decision);
    }

    /** @param later that the denial was given after all that was written */
    private boolean isWrong(Made made, Duration later) {
        Catalog catalog = this.catalog.get();
        denials.lookAgain();
        double before = wrong();
        denials.note(made, catalog, Clock.systemUTC().instant().plus(later));
        denials.lookAgain();
        return wrong() == before + 1;
    }

    private double wrong() {
        return metrics.get("gatefold.denials.wrong").counter().count();
    }
}
