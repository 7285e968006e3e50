package dev.gatefold.privacy;

import dev.gatefold.accounts.account.Account;
import dev.gatefold.accounts.account.Accounts;
import dev.gatefold.accounts.account.NoAccountProblem;
import dev.gatefold.accounts.personaldata.PersonalDataStore;
import dev.gatefold.kernel.Identity;
import dev.gatefold.subscriptions.personaldata.BillingErasure;
import io.quarkus.arc.All;
import io.quarkus.logging.Log;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Exports and erases the personal data of a reader in all modules (GDPR, articles 15, 17 and 20). */
@Singleton
public class DataSubjectRequests {
    private final Accounts accounts;
    private final List<PersonalDataStore> stores;
    private final BillingErasure billingErasure;

    DataSubjectRequests(Accounts accounts, @All List<PersonalDataStore> stores, BillingErasure billingErasure) {
        this.accounts = accounts;
        this.stores = stores.stream()
                .sorted(Comparator.comparing(PersonalDataStore::exportMember))
                .toList();
        this.billingErasure = billingErasure;
    }

    /**
     * Returns the personal data of a reader as a JSON document, with one member for each module; blocks.
     *
     * @throws dev.gatefold.kernel.Problem {@code no-account} if the reader has no account
     */
    public Map<String, Object> export(Identity reader, Instant at) {
        return QuarkusTransaction.requiringNew().call(() -> {
            Account account = accounts.findByIdentity(reader).orElseThrow(NoAccountProblem::create);
            Map<String, Object> document = new LinkedHashMap<>();
            document.put("exportedAt", at);
            document.put("account", ExportedAccount.of(account));
            stores.forEach(store -> document.put(store.exportMember(), store.export(account)));
            return document;
        });
    }

    /**
     * Erases a reader: first at the billing provider, which must confirm it, then here, in one transaction; blocks. If a
     * step fails, the data here is unchanged, and a repeated request continues from that step.
     *
     * @throws dev.gatefold.kernel.Problem {@code no-account} if the reader has no account; {@code erasure-not-confirmed}
     *     or {@code just-paid} if the billing provider still has data of the reader
     */
    public void erase(Identity reader, Instant at) {
        UUID id = QuarkusTransaction.requiringNew()
                .call(() -> accounts.findByIdentity(reader).orElseThrow(NoAccountProblem::create).id);
        billingErasure.eraseAccount(id);
        QuarkusTransaction.requiringNew().run(() -> eraseInAllModules(reader, at));
        Log.infof("Erased the personal data of account %s", id);
    }

    private void eraseInAllModules(Identity reader, Instant at) {
        Account account = accounts.findByIdentityForUpdate(reader).orElseThrow(NoAccountProblem::create);
        stores.forEach(store -> store.erase(account, at));
        // last, because the modules find the data of the reader by the identity
        accounts.erase(account.id, at);
    }
}
