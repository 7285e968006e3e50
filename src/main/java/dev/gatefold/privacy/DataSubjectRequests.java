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

/** All that is kept of a reader, to be told or to be forgotten. Both block. */
@Singleton
public class DataSubjectRequests {
    private final Accounts accounts;
    private final List<PersonalDataStore> keepers;
    private final BillingErasure departure;

    DataSubjectRequests(Accounts accounts, @All List<PersonalDataStore> keepers, BillingErasure departure) {
        this.accounts = accounts;
        this.keepers = keepers.stream()
                .sorted(Comparator.comparing(PersonalDataStore::exportMember))
                .toList();
        this.departure = departure;
    }

    /** One document, with a member for each room. */
    public Map<String, Object> export(Identity reader, Instant at) {
        return QuarkusTransaction.requiringNew().call(() -> {
            Account account = accounts.findByIdentity(reader).orElseThrow(NoAccountProblem::create);
            Map<String, Object> document = new LinkedHashMap<>();
            document.put("exportedAt", at);
            document.put("account", ExportedAccount.of(account));
            keepers.forEach(keeper -> document.put(keeper.exportMember(), keeper.export(account)));
            return document;
        });
    }

    /**
     * Erases a reader: first where they pay, confirmed, and then here, in one transaction. A problem where one or the other
     * cannot be done; nothing is erased then, and the same again goes on from there.
     */
    public void erase(Identity reader, Instant at) {
        UUID id = QuarkusTransaction.requiringNew()
                .call(() -> accounts.findByIdentity(reader).orElseThrow(NoAccountProblem::create).id);
        departure.eraseAccount(id);
        QuarkusTransaction.requiringNew().run(() -> forget(reader, at));
        Log.infof("Account %s was erased, and leads to nobody", id);
    }

    private void forget(Identity reader, Instant at) {
        Account account = accounts.findByIdentityForUpdate(reader).orElseThrow(NoAccountProblem::create);
        keepers.forEach(keeper -> keeper.erase(account, at));
        // last: until now the rooms had to know who it was
        accounts.erase(account.id, at);
    }
}
