package dev.gatefold.sandbox.stripe.state;

import static org.assertj.core.api.Assertions.assertThat;

import com.stripe.model.Subscription;
import dev.gatefold.sandbox.stripe.StripeSandboxFixture;
import java.nio.file.Path;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SandboxStateFileTest {
    @TempDir
    Path folder;

    @Test
    void subscriptionsSurviveRestart() throws Exception {
        Path file = folder.resolve("stripe/sandbox.json");
        String id;
        try (StripeSandboxFixture first = new StripeSandboxFixture(file)) {
            id = first.createSubscription("pay", 14).getId();
        }

        try (StripeSandboxFixture second = new StripeSandboxFixture(file)) {
            assertThat(second.subscription(id).getStatus()).isEqualTo("trialing");
            second.advanceDays(15);

            Subscription subscription = second.subscription(id);
            assertThat(subscription.getStatus()).isEqualTo("active");
            assertThat(second.stripe
                            .invoices()
                            .retrieve(subscription.getLatestInvoice())
                            .getAmountPaid())
                    .isEqualTo(999);
        }
        assertThat(folder.resolve("stripe"))
                .isDirectoryContaining(file::equals)
                .isDirectoryNotContaining(it -> !it.equals(file));
    }

    @Test
    void stateIsSavedDuringConcurrentCalls() throws Exception {
        try (StripeSandboxFixture fixture = new StripeSandboxFixture(folder.resolve("sandbox.json"));
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var calls = IntStream.range(0, 4)
                    .mapToObj(caller -> threads.submit(() -> {
                        for (int i = 0; i < 40; i++) {
                            fixture.createCustomer("reader" + caller + i + "@example.com");
                        }
                        return caller;
                    }))
                    .toList();

            while (calls.stream().anyMatch(it -> !it.isDone())) {
                fixture.sandbox.processDue();
            }

            for (var call : calls) {
                call.get();
            }
        }
    }

    @Test
    void resetDeletesSavedState() throws Exception {
        Path file = folder.resolve("sandbox.json");
        try (StripeSandboxFixture first = new StripeSandboxFixture(file)) {
            first.createSubscription("pay", 0);
            assertThat(first.send("DELETE", "/controls", "").statusCode()).isEqualTo(200);
        }

        try (StripeSandboxFixture second = new StripeSandboxFixture(file)) {
            assertThat(second.stripe.customers().list().getData()).isEmpty();
            assertThat(second.priceId("membership_year")).startsWith("price_");
        }
    }
}
