package dev.gatefold.privacy;

import dev.gatefold.accounts.Account;
import dev.gatefold.accounts.Accounts;
import dev.gatefold.accounts.Keeper;
import dev.gatefold.accounts.NoAccount;
import dev.gatefold.kernel.Identity;
import io.quarkus.arc.All;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** All that is kept of a reader, to be told. Blocks. */
@Singleton
public class PersonalData {
    private final Accounts accounts;
    private final List<Keeper> keepers;

    PersonalData(Accounts accounts, @All List<Keeper> keepers) {
        this.accounts = accounts;
        this.keepers =
                keepers.stream().sorted(Comparator.comparing(Keeper::member)).toList();
    }

    /** One document, with a member for each room. */
    public Map<String, Object> export(Identity reader, Instant at) {
        return QuarkusTransaction.requiringNew().call(() -> {
            Account account = accounts.of(reader).orElseThrow(NoAccount::problem);
            Map<String, Object> document = new LinkedHashMap<>();
            document.put("exportedAt", at);
            document.put("account", Particulars.of(account));
            keepers.forEach(keeper -> document.put(keeper.member(), keeper.kept(account)));
            return document;
        });
    }
}
