package dev.gatefold.sandbox.stripe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.stripe.exception.ApiConnectionException;
import com.stripe.exception.ApiException;
import com.stripe.exception.RateLimitException;
import com.stripe.net.RequestOptions;
import com.stripe.param.CustomerCreateParams;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OutagesTest {
    private static final CustomerCreateParams ANN =
            CustomerCreateParams.builder().setEmail("ann@example.com").build();

    private final Stage stage = new Stage();

    @AfterEach
    void close() {
        stage.close();
    }

    private void api(String mode) {
        stage.put("/controls/api", "{\"mode\": \"" + mode + "\"}");
    }

    @Test
    void failing() {
        api("FAIL");

        assertThatThrownBy(() -> stage.stripe.customers().list())
                .isInstanceOfSatisfying(
                        ApiException.class, it -> assertThat(it.getStatusCode()).isEqualTo(500));
    }

    @Test
    void theFailureIsTheAnswerToItsKey() throws Exception {
        RequestOptions key =
                RequestOptions.builder().setIdempotencyKey("account-42").build();
        api("FAIL");
        assertThatThrownBy(() -> stage.stripe.customers().create(ANN, key)).isInstanceOf(ApiException.class);

        api("UP");

        assertThatThrownBy(() -> stage.stripe.customers().create(ANN, key)).isInstanceOf(ApiException.class);
        assertThat(stage.stripe.customers().create(ANN).getId()).startsWith("cus_");
    }

    @Test
    void limiting() throws Exception {
        RequestOptions key =
                RequestOptions.builder().setIdempotencyKey("account-42").build();
        api("LIMIT");
        assertThatThrownBy(() -> stage.stripe.customers().create(ANN, key)).isInstanceOf(RateLimitException.class);

        api("UP");

        assertThat(stage.stripe.customers().create(ANN, key).getId()).startsWith("cus_");
    }

    @Test
    void down() throws Exception {
        api("DOWN");

        assertThatThrownBy(() -> stage.stripe.customers().list()).isInstanceOf(ApiConnectionException.class);

        api("UP");
        assertThat(stage.stripe.customers().list().getData()).isEmpty();
    }

    @Test
    void hangingUntilItEnds() throws Exception {
        api("HANG");
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> call = threads.submit(() -> stage.stripe.customers().create(ANN));
            assertThatThrownBy(() -> call.get(100, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);

            api("UP");

            call.get();
        }
        assertThat(stage.told()).containsExactly("customer.created");
    }

    @Test
    void everySecondFails() throws Exception {
        stage.put("/controls/api", "{\"failEvery\": 2}");

        assertThat(stage.stripe.customers().list().getData()).isEmpty();
        assertThatThrownBy(() -> stage.stripe.customers().list()).isInstanceOf(ApiException.class);
        assertThat(stage.stripe.customers().list().getData()).isEmpty();
    }

    @Test
    void slow() throws Exception {
        stage.put("/controls/api", "{\"latencyMs\": 50}");
        long before = System.nanoTime();

        stage.stripe.customers().list();

        assertThat(System.nanoTime() - before).isGreaterThanOrEqualTo(TimeUnit.MILLISECONDS.toNanos(50));
    }
}
