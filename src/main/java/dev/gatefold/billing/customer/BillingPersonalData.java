package dev.gatefold.billing.customer;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatefold.accounts.account.Account;
import dev.gatefold.accounts.personaldata.PersonalDataStore;
import dev.gatefold.billing.stripe.StripeBilling;
import dev.gatefold.subscriptions.model.Subscription;
import dev.gatefold.subscriptions.model.Subscriptions;
import dev.gatefold.subscriptions.personaldata.ErasureRefused;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.hibernate.Session;
import org.hibernate.query.CommonQueryContract;

/**
 * A reader as Stripe knows them, and what it has told us of them. Its numbers stay, since events go on naming them for
 * months; what the events say does not, and is not missed: they are handled by the numbers alone.
 */
@Singleton
class BillingPersonalData implements PersonalDataStore {
    record BillingExport(List<ExportedCustomer> customers, List<ExportedEvent> events) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record ExportedCustomer(String id, Instant deletedAt) {}

    /** @param body as Stripe sent it, less the secrets with which a payment could be made */
    record ExportedEvent(String id, String type, Instant receivedAt, JsonNode body) {}

    private static final String CUSTOMERS = """
            select id, deleted_at from customer where provider = :provider and account_id = :account
            order by deleted_at nulls last, id
            """;

    private static final String OF_READER =
            "length(payload) > 0 and (customer_id = any(:customers) or subscription_id = any(:subscriptions))";

    private static final String EVENTS = "select event_id, event_type, received_at, payload from inbox_event where "
            + OF_READER + " order by received_at, event_id";

    private static final String FORGET = "update inbox_event set payload = '' where " + OF_READER;

    private static final String SECRET = "client_secret";

    private final Session database;
    private final BillingCustomers customers;
    private final Subscriptions subscriptions;
    private final ObjectMapper json;

    BillingPersonalData(Session database, BillingCustomers customers, Subscriptions subscriptions, ObjectMapper json) {
        this.database = database;
        this.customers = customers;
        this.subscriptions = subscriptions;
        this.json = json;
    }

    @Override
    public String exportMember() {
        return "billing";
    }

    @Override
    public BillingExport export(Account account) {
        return new BillingExport(
                customersOf(account.id),
                ofReader(database.createNativeQuery(EVENTS, Object[].class), account.id).getResultList().stream()
                        .map(row -> new ExportedEvent(
                                (String) row[0], (String) row[1], (Instant) row[2], withoutSecrets((byte[]) row[3])))
                        .toList());
    }

    private List<ExportedCustomer> customersOf(UUID account) {
        return database
                .createNativeQuery(CUSTOMERS, Object[].class)
                .setParameter("provider", StripeBilling.PROVIDER.name())
                .setParameter("account", account)
                .getResultList()
                .stream()
                .map(row -> new ExportedCustomer((String) row[0], (Instant) row[1]))
                .toList();
    }

    private <Q extends CommonQueryContract> Q ofReader(Q query, UUID account) {
        query.setParameter(
                "customers",
                customersOf(account).stream().map(ExportedCustomer::id).toArray(String[]::new));
        query.setParameter(
                "subscriptions",
                subscriptions.ofAccount(StripeBilling.PROVIDER, account).stream()
                        .map(Subscription::id)
                        .toArray(String[]::new));
        return query;
    }

    private JsonNode withoutSecrets(byte[] body) {
        try {
            JsonNode event = json.readTree(body);
            event.findParents(SECRET).forEach(object -> ((ObjectNode) object).remove(SECRET));
            return event;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void erase(Account account, Instant at) {
        if (customers.currentOf(account.id).isPresent()) {
            throw ErasureRefused.problem();
        }
        ofReader(database.createNativeMutationQuery(FORGET), account.id).executeUpdate();
    }
}
