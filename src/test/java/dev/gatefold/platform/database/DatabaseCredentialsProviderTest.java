package dev.gatefold.platform.database;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatefold.platform.secrets.SecretSettings;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;

class DatabaseCredentialsProviderTest {
    /** Worker threads may all be waiting for the connection that needs the credentials. */
    @Test
    void credentialsAreReadOnCallingThread() {
        var credentials = new DatabaseCredentialsProvider(new SecretSettings(ConfigProvider.getConfig()));

        Thread answered = credentials
                .getCredentialsAsync("database")
                .map(_ -> Thread.currentThread())
                .await()
                .indefinitely();

        assertThat(answered).isEqualTo(Thread.currentThread());
    }
}
