package dev.gatefold.ops;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatefold.kernel.Secrets;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;

class DatabaseCredentialsTest {
    /** All workers may be waiting for the very connection that the credentials are for. */
    @Test
    void wantNoWorker() {
        var credentials = new DatabaseCredentials(new Secrets(ConfigProvider.getConfig()));

        Thread answered = credentials
                .getCredentialsAsync("database")
                .map(_ -> Thread.currentThread())
                .await()
                .indefinitely();

        assertThat(answered).isEqualTo(Thread.currentThread());
    }
}
