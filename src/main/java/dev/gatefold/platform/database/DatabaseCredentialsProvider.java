package dev.gatefold.platform.database;

import dev.gatefold.platform.secrets.SecretSettings;
import io.quarkus.arc.Unremovable;
import io.quarkus.credentials.CredentialsProvider;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.Map;

/** As whom a new connection to the database is opened: by what is set at that moment. Open ones live on. */
@Singleton
@Unremovable
class DatabaseCredentialsProvider implements CredentialsProvider {
    private final SecretSettings secrets;

    DatabaseCredentialsProvider(SecretSettings secrets) {
        this.secrets = secrets;
    }

    /**
     * At once, on the pool's own thread: a worker, which would be taken otherwise, is not to be had when all of them wait
     * for just this connection.
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
