package dev.gatefold.subscriptions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatefold.ServiceTest;
import dev.gatefold.accounts.Accounts;
import dev.gatefold.catalog.Interval;
import dev.gatefold.entitlements.Standing;
import dev.gatefold.entitlements.Standings;
import dev.gatefold.kernel.Identity;
import dev.gatefold.subscriptions.Mirror.Recorded;
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

/** What is recorded, whoever comes first. */
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
    Standings standings;

    private final Identity reader =
            new Identity("https://issuer.example", UUID.randomUUID().toString());
    private final String id = "sub_" + UUID.randomUUID();
    private UUID account;

    @BeforeEach
    void signUp() {
        account = QuarkusTransaction.requiringNew().call(() -> {
            accounts.open(reader, NOW);
            return accounts.of(reader).orElseThrow().id;
        });
    }

    @Test
    void anAnswerToAnOlderQuestionSaysNothingAnyMore() {
        assertThat(mirror.record(account, agreement(id, Status.CANCELED), 12, NOW))
                .isEqualTo(Recorded.CHANGED);
        assertThat(mirror.record(account, agreement(id, Status.ACTIVE), 11, NOW))
                .isEqualTo(Recorded.OVERTAKEN);

        assertThat(isMember()).isFalse();
    }

    @Test
    void theSameAgainChangesNothing() {
        assertThat(mirror.record(account, agreement(id, Status.ACTIVE), 1, NOW)).isEqualTo(Recorded.CHANGED);
        long version = standing().version();
        assertThat(mirror.record(account, agreement(id, Status.ACTIVE), 2, NOW)).isEqualTo(Recorded.UNCHANGED);

        assertThat(standing().version()).isEqualTo(version);
        assertThat(isMember()).isTrue();
    }

    @Test
    void whatItNoLongerGivesEndsNow() {
        mirror.record(account, agreement(id, Status.ACTIVE), 1, NOW);
        assertThat(mirror.record(account, agreement(id, Status.UNKNOWN), 2, NOW))
                .isEqualTo(Recorded.CHANGED);

        assertThat(isMember()).isFalse();
    }

    @Test
    void whatIsGoneHasEnded() {
        mirror.record(account, agreement(id, Status.PAST_DUE), 1, NOW);
        assertThat(mirror.gone(id, 2, NOW)).isEqualTo(Recorded.CHANGED);
        assertThat(mirror.gone(id, 3, NOW)).isEqualTo(Recorded.UNCHANGED);

        assertThat(isMember()).isFalse();
        assertThat(standing().owes(NOW)).isFalse();
    }

    @Test
    void aSecondOneThatShouldNotBeIsHonouredToo() {
        String second = "sub_" + UUID.randomUUID();
        mirror.record(account, agreement(id, Status.ACTIVE), 1, NOW);
        mirror.record(account, agreement(second, Status.ACTIVE), 2, NOW);
        mirror.record(account, agreement(id, Status.CANCELED), 3, NOW);

        assertThat(isMember()).isTrue();
        assertThat(QuarkusTransaction.requiringNew()
                        .call(() -> subscriptions.liveOf(account).orElseThrow().id()))
                .isEqualTo(second);
    }

    @Test
    void twoThatAreNewAtOnceAreBothRecorded() throws Exception {
        List<Callable<Recorded>> both = IntStream.range(1, 9)
                .mapToObj(fetch -> (Callable<Recorded>)
                        () -> mirror.record(account, agreement(id + "-" + fetch % 4, Status.ACTIVE), fetch, NOW))
                .toList();

        try (var threads = Executors.newFixedThreadPool(8)) {
            for (var recorded : threads.invokeAll(both)) {
                assertThat(recorded.get()).isNotNull();
            }
        }

        assertThat(QuarkusTransaction.requiringNew().call(() -> subscriptions.allLiveOf(account)))
                .hasSize(4)
                .filteredOn(it -> !it.additional)
                .hasSize(1);
    }

    private boolean isMember() {
        return standing().memberships(NOW).findAny().isPresent();
    }

    private Standing standing() {
        return standings.reloaded(reader, Instant.ofEpochSecond(0, System.nanoTime()));
    }

    private static Agreement agreement(String id, Status status) {
        var item = new Agreement.Item(
                "membership", Interval.MONTH, null, NOW.minus(Duration.ofDays(1)), NOW.plus(Duration.ofDays(29)));
        return new Agreement(
                id,
                status,
                List.of(item),
                NOW.minus(Duration.ofDays(1)),
                null,
                null,
                status == Status.CANCELED ? NOW.minusSeconds(1) : null,
                status == Status.PAST_DUE ? NOW.minusSeconds(60) : null,
                false,
                null,
                null);
    }
}
