package dev.gatefold.pages.session;

import dev.gatefold.accounts.account.Account;
import dev.gatefold.accounts.personaldata.PersonalDataStore;
import jakarta.inject.Singleton;
import jakarta.persistence.Tuple;
import java.time.Instant;
import java.util.List;
import org.hibernate.Session;

/** Exports and ends the browser sessions of a reader. */
@Singleton
class BrowserSessionPersonalData implements PersonalDataStore {
    record ExportedBrowserSession(Instant beganAt, Instant endsAt) {
        private static ExportedBrowserSession of(Tuple row) {
            return new ExportedBrowserSession(
                    row.get("started_at", Instant.class), row.get("expires_at", Instant.class));
        }
    }

    private static final String OF_READER = "from browser_session where issuer = :issuer and subject = :subject";

    private final Session database;

    BrowserSessionPersonalData(Session database) {
        this.database = database;
    }

    @Override
    public String exportMember() {
        return "sessions";
    }

    @Override
    public List<ExportedBrowserSession> export(Account account) {
        return database
                .createNativeQuery("select started_at, expires_at " + OF_READER + " order by started_at", Tuple.class)
                .setParameter("issuer", account.issuer)
                .setParameter("subject", account.subject)
                .getResultList()
                .stream()
                .map(ExportedBrowserSession::of)
                .toList();
    }

    @Override
    public void erase(Account account, Instant at) {
        database.createNativeMutationQuery("delete " + OF_READER)
                .setParameter("issuer", account.issuer)
                .setParameter("subject", account.subject)
                .executeUpdate();
    }
}
