package dev.gatefold.passes;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.Collection;

/** The keys that the service made for itself. */
@ApplicationScoped
class PassKeys implements PanacheRepositoryBase<PassKey, String> {
    @Transactional
    KeySet all() {
        return new KeySet(listAll());
    }

    /** Nobody else changes them until the transaction ends; whoever reads them is not kept waiting. */
    @Transactional(Transactional.TxType.MANDATORY)
    void lock() {
        getEntityManager()
                .createNativeQuery("lock table pass_key in share row exclusive mode")
                .executeUpdate();
    }

    @Transactional(Transactional.TxType.MANDATORY)
    void remove(Collection<PassKey> keys) {
        keys.forEach(this::delete);
    }
}
