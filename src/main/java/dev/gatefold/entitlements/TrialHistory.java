package dev.gatefold.entitlements;

import dev.gatefold.accounts.account.Account;
import dev.gatefold.accounts.account.Accounts;
import dev.gatefold.accounts.account.PersonFingerprints;
import dev.gatefold.accounts.account.ReaderSignedUp;
import io.quarkus.logging.Log;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** Recognizes persons who have had a free trial by further signals: an address that is verified later, and cards. */
@ApplicationScoped
public class TrialHistory {
    /** Before the observer that starts a trial with the sign-up. */
    private static final int FIRST = 1;

    private final Accounts accounts;
    private final EntitlementGrants grants;
    private final TrialRedemptions redemptions;
    private final TrialCards cards;
    private final PersonFingerprints fingerprints;

    TrialHistory(
            Accounts accounts,
            EntitlementGrants grants,
            TrialRedemptions redemptions,
            TrialCards cards,
            PersonFingerprints fingerprints) {
        this.accounts = accounts;
        this.grants = grants;
        this.redemptions = redemptions;
        this.cards = cards;
        this.fingerprints = fingerprints;
    }

    /**
     * Records the fingerprints that a sign-in adds to a person with a trial. The sign-in has locked the account if it has
     * changed the address, so a trial that starts at the same time is committed before or sees the new address.
     */
    void linkFingerprints(@Observes @Priority(FIRST) ReaderSignedUp fact) {
        UUID account = fact.account().id;
        if (redemptions.linkIfRedeemed(account, fact.fingerprints())) {
            grants.publish(account);
        }
    }

    /**
     * Records that an account has a trial at the billing provider. The trial itself continues: the card is known only after
     * the provider has started it.
     *
     * @param cardNumbers the provider's fingerprints of the card numbers, the same for all customers with a card
     */
    @Transactional
    public void recordProviderTrial(UUID id, List<String> cardNumbers, Instant at) {
        Account account = accounts.findById(id);
        accounts.lockAndRefresh(account);
        if (!accounts.isActive(id)) {
            return;
        }
        var _ = redemptions.linkIfRedeemed(id, fingerprints.fingerprintsOf(account));
        List<byte[]> hashes =
                cardNumbers.stream().map(fingerprints::fingerprintOfCard).toList();
        if (!hashes.isEmpty() && cards.record(id, hashes, at) > 0) {
            Log.infof("Account %s uses a card in its trial that a trial of another account has used", id);
        }
    }
}
