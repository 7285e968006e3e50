package dev.gatefold.entitlements;

import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.util.UUID;

/** A row of the table {@code reader_billing}. Read only: {@link EntitlementGrants} writes by SQL. */
@Entity
@Table(name = "reader_billing")
class ReaderBilling {
    @Id
    UUID accountId;

    @Enumerated(EnumType.STRING)
    BillingStatus billingStatus;
}
