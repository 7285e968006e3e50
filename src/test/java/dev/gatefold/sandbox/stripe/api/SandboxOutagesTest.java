package dev.gatefold.sandbox.stripe.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.stripe.exception.ApiConnectionException;
import com.stripe.exception.ApiException;
import com.stripe.exception.RateLimitException;
import com.stripe.net.RequestOptions;
import com.stripe.param.CustomerCreateParams;
import dev.gatefold.sandbox.stripe.StripeSandboxFixture;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SandboxOutagesTest {
    private static final CustomerCreateParams ANN =
            CustomerCreateParams.builder().setEmail("ann@example.com").build();

    private final StripeSandboxFixture fixture = new StripeSandboxFixture();

    @AfterEach
    void close() {
        fixture.close();
    }

    private void setApiMode(String mode) {
        fixture.put("/controls/api", "{\"mode\": \"" + mode + "\"}");
    }

    @Test
    void failModeReturnsServerErrors() {
        setApiMode("FAIL");

        assertThatThrownBy(() -> fixture.stripe.customers().list())
                .isInstanceOfSatisfying(
                        ApiException.class, it -> assertThat(it.getStatusCode()).isEqualTo(500));
    }

    @Test
    void failedResponseIsReplayedForItsIdempotencyKey() throws Exception {
        RequestOptions key =
                RequestOptions.builder().setIdempotencyKey("account-42").build();
        setApiMode("FAIL");
        assertThatThrownBy(() -> fixture.stripe.customers().create(ANN, key)).isInstanceOf(ApiException.class);

        setApiMode("UP");

        assertThatThrownBy(() -> fixture.stripe.customers().create(ANN, key)).isInstanceOf(ApiException.class);
        assertThat(fixture.stripe.customers().create(ANN).getId()).startsWith("cus_");
    }

    @Test
    void limitModeReturns429() throws Exception {
        RequestOptions key =
                RequestOptions.builder().setIdempotencyKey("account-42").build();
        setApiMode("LIMIT");
        assertThatThrownBy(() -> fixture.stripe.customers().create(ANN, key)).isInstanceOf(RateLimitException.class);

        setApiMode("UP");

        assertThat(fixture.stripe.customers().create(ANN, key).getId()).startsWith("cus_");
    }

    @Test
    void downModeRefusesConnections() throws Exception {
        setApiMode("DOWN");

        assertThatThrownBy(() -> fixture.stripe.customers().list()).isInstanceOf(ApiConnectionException.class);

        setApiMode("UP");
        assertThat(fixture.stripe.customers().list().getData()).isEmpty();
    }

    @Test
    void hangModeDelaysCallsUntilModeEnds() throws Exception {
        setApiMode("HANG");
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> call = threads.submit(() -> fixture.stripe.customers().create(ANN));
            assertThatThrownBy(() -> call.get(100, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);

            setApiMode("UP");

            call.get();
        }
        assertThat(fixture.eventTypes()).containsExactly("customer.created");
    }

    @Test
    void failEverySecondCall() throws Exception {
        fixture.put("/controls/api", "{\"failEvery\": 2}");

        assertThat(fixture.stripe.customers().list().getData()).isEmpty();
        assertThatThrownBy(() -> fixture.stripe.customers().list()).isInstanceOf(ApiException.class);
        assertThat(fixture.stripe.customers().list().getData()).isEmpty();
    }

    @Test
    void latencyDelaysCalls() throws Exception {
        fixture.put("/controls/api", "{\"latencyMs\": 50}");
        long before = System.nanoTime();

        fixture.stripe.customers().list();

        assertThat(System.nanoTime() - before).isGreaterThanOrEqualTo(TimeUnit.MILLISECONDS.toNanos(50));
    }
}
