package dev.gatefold.billing.stripe;

import com.stripe.model.Customer;
import dev.gatefold.accounts.account.Accounts;
import dev.gatefold.billing.customer.BillingCustomers;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Finds the account of a customer at Stripe: the recorded one, otherwise the one that the metadata of the subscription or of
 * the customer names. The metadata links what was created in Stripe's dashboard, and restores a link that was lost, for
 * example with a backup.
 */
@Singleton
class CustomerAccounts {
    /** The key in Stripe's metadata under which objects name their account. */
    static final String METADATA = "gatefold_account";

    private final StripeCustomerApi stripe;
    private final BillingCustomers customers;
    private final Accounts accounts;

    CustomerAccounts(StripeCustomerApi stripe, BillingCustomers customers, Accounts accounts) {
        this.stripe = stripe;
        this.customers = customers;
        this.accounts = accounts;
    }

    /** Returns the recorded account of a customer. */
    Optional<UUID> find(String customer) {
        return customers.accountOf(StripeBilling.PROVIDER, customer);
    }

    /**
     * Returns the account that metadata names for a customer without a recorded account. Blocks: fetches the customer if the
     * metadata of the subscription names none.
     *
     * @param subscriptionMetadata may be null
     */
    Optional<UUID> fetchNamed(String customer, Map<String, String> subscriptionMetadata) {
        if (customer == null || find(customer).isPresent()) {
            return Optional.empty();
        }
        return named(subscriptionMetadata)
                .or(() -> stripe.find(customer)
                        .filter(it -> !StripeCustomerApi.isDeleted(it))
                        .map(Customer::getMetadata)
                        .flatMap(this::named));
    }

    /** Records the account of a customer. Requires a transaction. */
    void link(String customer, UUID account) {
        customers.link(StripeBilling.PROVIDER, customer, account);
    }

    private Optional<UUID> named(Map<String, String> metadata) {
        return Optional.ofNullable(metadata)
                .map(it -> it.get(METADATA))
                .flatMap(CustomerAccounts::uuid)
                .filter(accounts::isActive);
    }

    private static Optional<UUID> uuid(String text) {
        try {
            return Optional.of(UUID.fromString(text.strip()));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
