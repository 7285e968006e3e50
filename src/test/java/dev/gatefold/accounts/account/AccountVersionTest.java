package dev.gatefold.accounts.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatefold.kernel.Identity;
import dev.gatefold.testing.ServiceTest;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.Session;
import org.junit.jupiter.api.Test;

/** The version of what an account holds is what replicas and passes go by. */
@ServiceTest
class AccountVersionTest {
    private static final Instant AT = Instant.parse("2026-11-23T10:00:00Z");

    @Inject
    Accounts accounts;

    @Inject
    Session database;

    @Test
    void accountVersionNeverDecreasesDuringConcurrentGrant() {
        Identity ida = new Identity("test", UUID.randomUUID().toString());
        QuarkusTransaction.requiringNew().run(() -> accounts.createIfAbsent(ida, AT));

        QuarkusTransaction.requiringNew().run(() -> {
            Account account = accounts.findByIdentity(ida).orElseThrow();
            account.name = "Ida";
            QuarkusTransaction.requiringNew().run(() -> grant(account.id));
        });

        Account account = QuarkusTransaction.requiringNew()
                .call(() -> accounts.findByIdentity(ida).orElseThrow());
        assertThat(account.name).isEqualTo("Ida");
        assertThat(account.version).isEqualTo(1);
    }

    private void grant(UUID account) {
        database.createNativeMutationQuery("update account set version = version + 1 where id = :id")
                .setParameter("id", account)
                .executeUpdate();
    }
}
