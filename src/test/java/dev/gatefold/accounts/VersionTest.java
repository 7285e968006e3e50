package dev.gatefold.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatefold.ServiceTest;
import dev.gatefold.kernel.Identity;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.Session;
import org.junit.jupiter.api.Test;

/** The version of what an account holds is what replicas and passes go by. */
@ServiceTest
class VersionTest {
    private static final Instant AT = Instant.parse("2026-11-23T10:00:00Z");

    @Inject
    Accounts accounts;

    @Inject
    Session database;

    @Test
    void doesNotGoBackWhereAnAccountIsChangedWhileSomethingIsGranted() {
        Identity ida = new Identity("test", UUID.randomUUID().toString());
        QuarkusTransaction.requiringNew().run(() -> accounts.open(ida, AT));

        QuarkusTransaction.requiringNew().run(() -> {
            Account account = accounts.of(ida).orElseThrow();
            account.name = "Ida";
            QuarkusTransaction.requiringNew().run(() -> grant(account.id));
        });

        Account account =
                QuarkusTransaction.requiringNew().call(() -> accounts.of(ida).orElseThrow());
        assertThat(account.name).isEqualTo("Ida");
        assertThat(account.version).isEqualTo(1);
    }

    private void grant(UUID account) {
        database.createNativeMutationQuery("update account set version = version + 1 where id = :id")
                .setParameter("id", account)
                .executeUpdate();
    }
}
