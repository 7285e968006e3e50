package dev.gatefold.passes.keys;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.Collection;

/** Repository of the signing keys that the service generated. */
@ApplicationScoped
class StoredSigningKeys implements PanacheRepositoryBase<StoredSigningKey, String> {
    @Transactional
    SigningKeySchedule schedule() {
        return new SigningKeySchedule(listAll());
    }

    /** Blocks other writers of the table until the transaction ends. Readers are not blocked. */
    @Transactional(Transactional.TxType.MANDATORY)
    void lock() {
        getEntityManager()
                .createNativeQuery("lock table pass_key in share row exclusive mode")
                .executeUpdate();
    }

    @Transactional(Transactional.TxType.MANDATORY)
    void remove(Collection<StoredSigningKey> keys) {
        keys.forEach(this::delete);
    }
}
