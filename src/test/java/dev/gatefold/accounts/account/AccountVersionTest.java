package dev.gatefold.accounts.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatefold.kernel.Identity;
import dev.gatefold.testing.ServiceTest;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The account version, which caches and reading passes compare, under concurrent changes. */
@ServiceTest
class AccountVersionTest {
    private static final Instant AT = Instant.parse("2026-11-23T10:00:00Z");

    @Inject
    Accounts accounts;

    @Test
    void accountVersionNeverDecreasesDuringConcurrentGrant() {
        Identity ida = new Identity("test", UUID.randomUUID().toString());
        QuarkusTransaction.requiringNew().run(() -> accounts.createIfAbsent(ida, AT));

        QuarkusTransaction.requiringNew().run(() -> {
            Account account = accounts.findByIdentity(ida).orElseThrow();
            account.name = "Ida";
            QuarkusTransaction.requiringNew().run(() -> accounts.bumpVersion(account.id));
        });

        Account account = QuarkusTransaction.requiringNew()
                .call(() -> accounts.findByIdentity(ida).orElseThrow());
        assertThat(account.name).isEqualTo("Ida");
        assertThat(account.version).isEqualTo(1);
    }

    @Test
    void newVersionIsReturnedWithIdentity() {
        Identity ida = new Identity("test", UUID.randomUUID().toString());

        Optional<AccountVersion> version = QuarkusTransaction.requiringNew().call(() -> {
            accounts.createIfAbsent(ida, AT);
            return accounts.bumpVersion(accounts.findByIdentity(ida).orElseThrow().id);
        });

        assertThat(version).contains(new AccountVersion(ida, 1));
    }

    @Test
    void unknownAccountIsNeitherActiveNorChanged() {
        UUID unknown = UUID.randomUUID();

        QuarkusTransaction.requiringNew().run(() -> {
            assertThat(accounts.isActive(unknown)).isFalse();
            assertThat(accounts.lockShared(unknown)).isFalse();
            assertThat(accounts.bumpVersion(unknown)).isEmpty();
        });
    }

    @Test
    void erasedAccountIsNotActive() {
        Identity ida = new Identity("test", UUID.randomUUID().toString());

        QuarkusTransaction.requiringNew().run(() -> {
            accounts.createIfAbsent(ida, AT);
            UUID id = accounts.findByIdentity(ida).orElseThrow().id;
            assertThat(accounts.isActive(id)).isTrue();
            assertThat(accounts.lockShared(id)).isTrue();

            accounts.erase(id, AT);

            assertThat(accounts.isActive(id)).isFalse();
            assertThat(accounts.lockShared(id)).isFalse();
        });
    }
}
