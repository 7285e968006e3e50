package dev.gatefold.decisionlog;

import static dev.gatefold.testing.TestCallers.MEMBERS_ONLY;
import static dev.gatefold.testing.TestCallers.newAccountToken;
import static dev.gatefold.testing.TestCallers.newTrialToken;
import static dev.gatefold.testing.TestCallers.serviceNow;
import static dev.gatefold.testing.TestCallers.withBearerToken;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatefold.access.DenyReason;
import dev.gatefold.access.GrantReason;
import dev.gatefold.access.decide.AccessQuery;
import dev.gatefold.access.decide.ArticleRuling;
import dev.gatefold.access.decide.PaywallQuery;
import dev.gatefold.access.decide.Platform;
import dev.gatefold.access.decide.Reader;
import dev.gatefold.access.decide.RequestContext;
import dev.gatefold.access.decide.Ruling.Denial;
import dev.gatefold.access.decide.Ruling.Grant;
import dev.gatefold.access.decide.Ruling.Verdict;
import dev.gatefold.access.decide.Rulings;
import dev.gatefold.access.meter.MeterTally;
import dev.gatefold.catalog.CurrentCatalog;
import dev.gatefold.catalog.model.Article;
import dev.gatefold.catalog.rules.Rule;
import dev.gatefold.entitlements.Standing;
import dev.gatefold.testing.ServiceTest;
import dev.gatefold.testing.TestGrants;
import dev.gatefold.web.endpoint.TestEndpointLinks;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Denials are checked against the database; some are wrong, as if the cached standing were out of date. */
@ServiceTest
class WrongDenialMonitorTest {
    private static final Duration A_WHILE = Duration.ofSeconds(10);
    private static final Duration LONG = Duration.ofDays(400);

    @Inject
    WrongDenialMonitor monitor;

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
                                rule -> new Grant(rule, GrantReason.MEMBER, Instant.MAX, null),
                                serviceNow()),
                        A_WHILE))
                .isFalse();
    }

    /** Rules by a standing that has the account and none of its entitlements. */
    private Rulings denied(String reader, VerdictOfRule verdict, Instant at) {
        Article article = catalog.get().articleByUrl(MEMBERS_ONLY, "url");
        UUID account = UUID.fromString(withBearerToken(reader).get("/v1/me").path("id"));
        Standing standing = new Standing(Optional.of(account), 0, List.of(), at, false);
        AccessQuery query = new AccessQuery(
                new Reader(Optional.empty(), Optional.empty()),
                List.of(article),
                new RequestContext(Platform.WEB, Optional.empty(), Optional.empty(), Optional.empty(), false),
                at);
        Rule rule = catalog.get().rules(article.source().orElseThrow()).effectiveRule(article.section(), at);
        ArticleRuling ruled =
                new ArticleRuling(PaywallQuery.withoutBypass(article), verdict.of(rule), MeterTally.EMPTY);
        return new Rulings(
                query,
                catalog.get(),
                TestEndpointLinks.create(),
                standing,
                Optional.of(account),
                List.of(),
                List.of(ruled));
    }

    private interface VerdictOfRule {
        Verdict of(Rule rule);
    }

    private static VerdictOfRule denial(DenyReason reason) {
        return rule -> new Denial(rule, reason, Instant.MAX, null);
    }

    /** @param later time between the last change of entitlements and the denial */
    private boolean isWrong(Rulings rulings, Duration later) {
        monitor.checkPending();
        double before = wrongDenialCount();
        monitor.observe(
                rulings.standing().account().orElseThrow(),
                rulings,
                rulings.decisions(),
                Clock.offset(Clock.systemUTC(), later));
        monitor.checkPending();
        return wrongDenialCount() == before + 1;
    }

    private double wrongDenialCount() {
        return metrics.get("gatefold.wrong.denials").counter().count();
    }
}
