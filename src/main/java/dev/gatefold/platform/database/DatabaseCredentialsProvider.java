package dev.gatefold.platform.database;

import dev.gatefold.platform.secrets.SecretSettings;
import io.quarkus.arc.Unremovable;
import io.quarkus.credentials.CredentialsProvider;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.Map;

/**
 * Provides user name and password for each new database connection, so that a password can change while the service runs.
 * Open connections are not affected.
 */
@Singleton
@Unremovable
class DatabaseCredentialsProvider implements CredentialsProvider {
    private final SecretSettings secrets;

    DatabaseCredentialsProvider(SecretSettings secrets) {
        this.secrets = secrets;
    }

    /**
     * Returns the credentials on the calling thread. The default implementation needs a worker thread, and would deadlock
     * when all workers wait for a connection.
     */
    @Override
    public Uni<Map<String, String>> getCredentialsAsync(String provider) {
        return Uni.createFrom().item(getCredentials(provider));
    }

    @Override
    public Map<String, String> getCredentials(String provider) {
        secrets.reload();
        Map<String, String> credentials = new HashMap<>();
        secrets.get(DatabaseSettings.USERNAME).ifPresent(it -> credentials.put(USER_PROPERTY_NAME, it));
        secrets.get(DatabaseSettings.PASSWORD).ifPresent(it -> credentials.put(PASSWORD_PROPERTY_NAME, it));
        return credentials;
    }
}
