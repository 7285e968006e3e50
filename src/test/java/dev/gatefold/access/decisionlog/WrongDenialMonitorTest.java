package dev.gatefold.access.decisionlog;

import static dev.gatefold.testing.TestCallers.MEMBERS_ONLY;
import static dev.gatefold.testing.TestCallers.newAccountToken;
import static dev.gatefold.testing.TestCallers.newTrialToken;
import static dev.gatefold.testing.TestCallers.serviceNow;
import static dev.gatefold.testing.TestCallers.withBearerToken;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatefold.access.DenyReason;
import dev.gatefold.access.GrantReason;
import dev.gatefold.access.decide.Decision;
import dev.gatefold.access.decide.DecisionReporter.DecidedArticle;
import dev.gatefold.access.decide.PaywallQuery;
import dev.gatefold.access.decide.Ruling.Denial;
import dev.gatefold.access.decide.Ruling.Grant;
import dev.gatefold.access.decide.Ruling.Verdict;
import dev.gatefold.access.meter.MeterTally;
import dev.gatefold.catalog.Catalog;
import dev.gatefold.catalog.CurrentCatalog;
import dev.gatefold.entitlements.Standing;
import dev.gatefold.testing.ServiceTest;
import dev.gatefold.testing.TestGrants;
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
class WrongDenialMonitorTest {
    private static final Duration A_WHILE = Duration.ofSeconds(10);
    private static final Duration LONG = Duration.ofDays(400);

    @Inject
    WrongDenialMonitor denials;

    @Inject
    CurrentCatalog catalog;

    @Inject
    MeterRegistry metrics;

    @Test
    void denialOfMemberIsWrong() {
        assertThat(isWrong(
                        denied(TestGrants.newMemberToken(), denial(DenyReason.MEMBERSHIP_REQUIRED), serviceNow()),
                        A_WHILE))
                .isTrue();
    }

    @Test
    void denialOfTrialReaderIsWrong() {
        assertThat(isWrong(denied(newTrialToken(), denial(DenyReason.METER_EXHAUSTED), serviceNow()), A_WHILE))
                .isTrue();
    }

    @Test
    void denialWithoutEntitlementIsCorrect() {
        assertThat(isWrong(denied(newAccountToken(), denial(DenyReason.MEMBERSHIP_REQUIRED), serviceNow()), A_WHILE))
                .isFalse();
    }

    @Test
    void denialJustBeforePaymentIsCorrect() {
        assertThat(isWrong(
                        denied(TestGrants.newMemberToken(), denial(DenyReason.MEMBERSHIP_REQUIRED), serviceNow()),
                        Duration.ZERO))
                .isFalse();
    }

    @Test
    void denialAfterEntitlementEndIsCorrect() {
        assertThat(isWrong(
                        denied(
                                TestGrants.newMemberToken(),
                                denial(DenyReason.MEMBERSHIP_ENDED),
                                serviceNow().plus(LONG)),
                        A_WHILE))
                .isFalse();
    }

    @Test
    void territoryDenialOfMemberIsCorrect() {
        assertThat(isWrong(denied(TestGrants.newMemberToken(), denial(DenyReason.TERRITORY), serviceNow()), A_WHILE))
                .isFalse();
    }

    @Test
    void grantIsNotMonitoredAsDenial() {
        assertThat(isWrong(
                        denied(
                                TestGrants.newMemberToken(),
                                new Grant(null, GrantReason.MEMBER, Instant.MAX, null),
                                serviceNow()),
                        A_WHILE))
                .isFalse();
    }

    /** Answered by a memory that knows the account, and nothing that it holds. */
    private DecidedArticle denied(String reader, Verdict verdict, Instant at) {
        PaywallQuery question = PaywallQuery.withoutBypass(catalog.get().articleByUrl(MEMBERS_ONLY, "url"));
        UUID account = UUID.fromString(withBearerToken(reader).get("/v1/me").path("id"));
        Standing standing = new Standing(Optional.of(account), 0, List.of(), at, false);
        Decision decision = Decision.of(question, verdict, standing, at, List.of(), null, null);
        return new DecidedArticle(question, standing, Optional.of(account), MeterTally.EMPTY, decision);
    }

    private static Denial denial(DenyReason reason) {
        return new Denial(null, reason, Instant.MAX, null);
    }

    /** @param later that the denial was given after all that was written */
    private boolean isWrong(DecidedArticle made, Duration later) {
        Catalog catalog = this.catalog.get();
        denials.checkPending();
        double before = wrongDenialCount();
        denials.observe(made, catalog, Clock.systemUTC().instant().plus(later));
        denials.checkPending();
        return wrongDenialCount() == before + 1;
    }

    private double wrongDenialCount() {
        return metrics.get("gatefold.wrong.denials").counter().count();
    }
}
