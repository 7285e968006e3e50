package dev.gatefold.passes.keys;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.Collection;

/** The keys that the service made for itself. */
@ApplicationScoped
class StoredSigningKeys implements PanacheRepositoryBase<StoredSigningKey, String> {
    @Transactional
    SigningKeySchedule all() {
        return new SigningKeySchedule(listAll());
    }

    /** Nobody else changes them until the transaction ends; whoever reads them is not kept waiting. */
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
