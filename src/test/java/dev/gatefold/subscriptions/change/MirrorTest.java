package dev.gatefold.subscriptions.change;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatefold.accounts.account.Accounts;
import dev.gatefold.catalog.model.BillingInterval;
import dev.gatefold.entitlements.BillingStatus;
import dev.gatefold.entitlements.Standing;
import dev.gatefold.entitlements.StandingCache;
import dev.gatefold.kernel.Identity;
import dev.gatefold.subscriptions.change.Mirror.RecordResult;
import dev.gatefold.subscriptions.model.BillingPeriod;
import dev.gatefold.subscriptions.model.ProviderName;
import dev.gatefold.subscriptions.model.SubscriptionKey;
import dev.gatefold.subscriptions.model.SubscriptionSnapshot;
import dev.gatefold.subscriptions.model.SubscriptionStatus;
import dev.gatefold.subscriptions.model.Subscriptions;
import dev.gatefold.subscriptions.model.TestSnapshots;
import dev.gatefold.testing.ServiceTest;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Recording of snapshots in and out of order, and by several threads. */
@ServiceTest
class MirrorTest {
    private static final Instant NOW = Instant.parse("2026-11-24T10:00:00Z");

    @Inject
    Mirror mirror;

    @Inject
    Subscriptions subscriptions;

    @Inject
    Accounts accounts;

    @Inject
    StandingCache standings;

    private final Identity reader =
            new Identity("https://issuer.example", UUID.randomUUID().toString());
    private final String id = "sub_" + UUID.randomUUID();
    private UUID account;

    @BeforeEach
    void signUp() {
        account = QuarkusTransaction.requiringNew().call(() -> {
            accounts.createIfAbsent(reader, NOW);
            return accounts.findByIdentity(reader).orElseThrow().id;
        });
    }

    @Test
    void olderSnapshotIsIgnored() {
        assertThat(mirror.record(ProviderName.STRIPE, account, snapshot(id, SubscriptionStatus.CANCELED), 12, NOW))
                .isEqualTo(RecordResult.CHANGED);
        assertThat(mirror.record(ProviderName.STRIPE, account, snapshot(id, SubscriptionStatus.ACTIVE), 11, NOW))
                .isEqualTo(RecordResult.STALE);

        assertThat(isMember()).isFalse();
    }

    @Test
    void repeatedSnapshotChangesNothing() {
        assertThat(mirror.record(ProviderName.STRIPE, account, snapshot(id, SubscriptionStatus.ACTIVE), 1, NOW))
                .isEqualTo(RecordResult.CHANGED);
        long version = standing().version();
        assertThat(mirror.record(ProviderName.STRIPE, account, snapshot(id, SubscriptionStatus.ACTIVE), 2, NOW))
                .isEqualTo(RecordResult.UNCHANGED);

        assertThat(standing().version()).isEqualTo(version);
        assertThat(isMember()).isTrue();
    }

    @Test
    void entitlementMissingFromSnapshotEndsImmediately() {
        mirror.record(ProviderName.STRIPE, account, snapshot(id, SubscriptionStatus.ACTIVE), 1, NOW);
        assertThat(mirror.record(ProviderName.STRIPE, account, snapshot(id, SubscriptionStatus.UNKNOWN), 2, NOW))
                .isEqualTo(RecordResult.CHANGED);

        assertThat(isMember()).isFalse();
    }

    @Test
    void deletedSubscriptionEndsEntitlement() {
        mirror.record(ProviderName.STRIPE, account, snapshot(id, SubscriptionStatus.PAST_DUE), 1, NOW);
        assertThat(standing().billing()).isEqualTo(BillingStatus.UNCOLLECTED);
        assertThat(mirror.recordMissing(new SubscriptionKey(ProviderName.STRIPE, id), 2, NOW))
                .isEqualTo(RecordResult.CHANGED);
        assertThat(mirror.recordMissing(new SubscriptionKey(ProviderName.STRIPE, id), 3, NOW))
                .isEqualTo(RecordResult.UNCHANGED);

        assertThat(isMember()).isFalse();
        assertThat(standing().billing()).isEqualTo(BillingStatus.NONE);
    }

    @Test
    void secondSubscriptionOfAccountIsHonoured() {
        String second = "sub_" + UUID.randomUUID();
        mirror.record(ProviderName.STRIPE, account, snapshot(id, SubscriptionStatus.ACTIVE), 1, NOW);
        mirror.record(ProviderName.STRIPE, account, snapshot(second, SubscriptionStatus.ACTIVE), 2, NOW);
        mirror.record(ProviderName.STRIPE, account, snapshot(id, SubscriptionStatus.CANCELED), 3, NOW);

        assertThat(isMember()).isTrue();
        assertThat(QuarkusTransaction.requiringNew()
                        .call(() -> subscriptions.liveOf(account).orElseThrow().id()))
                .isEqualTo(second);
    }

    @Test
    void concurrentNewSubscriptionsAreBothRecorded() throws Exception {
        List<Callable<RecordResult>> both = IntStream.range(1, 9)
                .mapToObj(number -> (Callable<RecordResult>) () -> mirror.record(
                        ProviderName.STRIPE,
                        account,
                        snapshot(id + "-" + number % 4, SubscriptionStatus.ACTIVE),
                        number,
                        NOW))
                .toList();

        try (var threads = Executors.newFixedThreadPool(8)) {
            for (var recorded : threads.invokeAll(both)) {
                assertThat(recorded.get()).isNotNull();
            }
        }

        assertThat(QuarkusTransaction.requiringNew().call(() -> subscriptions.allLiveOf(account)))
                .hasSize(4)
                .filteredOn(it -> !it.isAdditional())
                .hasSize(1);
    }

    private boolean isMember() {
        return standing().activeMemberships(NOW).findAny().isPresent();
    }

    private Standing standing() {
        return standings.reload(reader, Instant.ofEpochSecond(0, System.nanoTime()));
    }

    private static SubscriptionSnapshot snapshot(String id, SubscriptionStatus status) {
        var item = new SubscriptionSnapshot.SnapshotItem(
                "membership",
                BillingPeriod.of(BillingInterval.MONTH),
                null,
                NOW.minus(Duration.ofDays(1)),
                NOW.plus(Duration.ofDays(29)));
        return TestSnapshots.of(
                id,
                status,
                List.of(item),
                NOW.minus(Duration.ofDays(1)),
                status == SubscriptionStatus.CANCELED ? NOW.minusSeconds(1) : null,
                status == SubscriptionStatus.PAST_DUE ? NOW.minusSeconds(60) : null);
    }
}
