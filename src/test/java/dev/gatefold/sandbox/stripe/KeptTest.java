package dev.gatefold.sandbox.stripe;

import static org.assertj.core.api.Assertions.assertThat;

import com.stripe.model.Subscription;
import java.nio.file.Path;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeptTest {
    @TempDir
    Path folder;

    @Test
    void theSubscriptionsOutliveAnotherStart() throws Exception {
        Path file = folder.resolve("stripe/sandbox.json");
        String id;
        try (Stage first = new Stage(file)) {
            id = first.bought("pay", 14).getId();
        }

        try (Stage second = new Stage(file)) {
            assertThat(second.subscription(id).getStatus()).isEqualTo("trialing");
            second.passDays(15);

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
    void itIsKeptWhileOthersGoOn() throws Exception {
        try (Stage stage = new Stage(folder.resolve("sandbox.json"));
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var calls = IntStream.range(0, 4)
                    .mapToObj(caller -> threads.submit(() -> {
                        for (int i = 0; i < 40; i++) {
                            stage.customer("reader" + caller + i + "@example.com");
                        }
                        return caller;
                    }))
                    .toList();

            while (calls.stream().anyMatch(it -> !it.isDone())) {
                stage.sandbox.settle();
            }

            for (var call : calls) {
                call.get();
            }
        }
    }

    @Test
    void forgettingForgetsIt() throws Exception {
        Path file = folder.resolve("sandbox.json");
        try (Stage first = new Stage(file)) {
            first.bought("pay", 0);
            assertThat(first.send("DELETE", "/controls", "").statusCode()).isEqualTo(200);
        }

        try (Stage second = new Stage(file)) {
            assertThat(second.stripe.customers().list().getData()).isEmpty();
            assertThat(second.price("membership_year")).startsWith("price_");
        }
    }
}
