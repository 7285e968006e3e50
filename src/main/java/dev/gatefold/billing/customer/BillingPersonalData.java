package dev.gatefold.billing.customer;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatefold.accounts.account.Account;
import dev.gatefold.accounts.personaldata.PersonalDataStore;
import dev.gatefold.subscriptions.model.Subscription;
import dev.gatefold.subscriptions.model.Subscriptions;
import dev.gatefold.subscriptions.personaldata.ErasureRefused;
import jakarta.inject.Singleton;
import jakarta.persistence.Tuple;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.hibernate.Session;
import org.hibernate.query.CommonQueryContract;

/**
 * Exports and erases customers and events. Erasure empties the payloads of the events and keeps the ids, because later
 * events refer to them and are handled by ids alone.
 */
@Singleton
class BillingPersonalData implements PersonalDataStore {
    record BillingExport(List<ExportedCustomer> customers, List<ExportedEvent> events) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record ExportedCustomer(String id, Instant deletedAt) {
        private static ExportedCustomer of(Tuple row) {
            return new ExportedCustomer(row.get("id", String.class), row.get("deleted_at", Instant.class));
        }
    }

    /**
     * An event in the export.
     *
     * @param body the payload without the secrets that authorise a payment
     */
    record ExportedEvent(String id, String type, Instant receivedAt, JsonNode body) {}

    private static final String CUSTOMERS = """
            select id, deleted_at from customer where account_id = :account
            order by deleted_at nulls last, id
            """;

    private static final String OF_ACCOUNT =
            "length(payload) > 0 and (customer_id = any(:customers) or subscription_id = any(:subscriptions))";

    private static final String EVENTS = "select event_id, event_type, received_at, payload from inbox_event where "
            + OF_ACCOUNT + " order by received_at, event_id";

    private static final String ERASE_PAYLOADS = "update inbox_event set payload = '' where " + OF_ACCOUNT;

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
                bind(database.createNativeQuery(EVENTS, Tuple.class), account.id).getResultList().stream()
                        .map(this::exported)
                        .toList());
    }

    private List<ExportedCustomer> customersOf(UUID account) {
        return database
                .createNativeQuery(CUSTOMERS, Tuple.class)
                .setParameter("account", account)
                .getResultList()
                .stream()
                .map(ExportedCustomer::of)
                .toList();
    }

    private <Q extends CommonQueryContract> Q bind(Q query, UUID account) {
        query.setParameter(
                "customers",
                customersOf(account).stream().map(ExportedCustomer::id).toArray(String[]::new));
        query.setParameter(
                "subscriptions",
                subscriptions.ofAccount(account).stream().map(Subscription::id).toArray(String[]::new));
        return query;
    }

    private ExportedEvent exported(Tuple row) {
        return new ExportedEvent(
                row.get("event_id", String.class),
                row.get("event_type", String.class),
                row.get("received_at", Instant.class),
                withoutSecrets(row.get("payload", byte[].class)));
    }

    private JsonNode withoutSecrets(byte[] payload) {
        try {
            JsonNode event = json.readTree(payload);
            event.findParents(SECRET).forEach(object -> ((ObjectNode) object).remove(SECRET));
            return event;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void erase(Account account, Instant at) {
        if (customers.existsFor(account.id)) {
            throw ErasureRefused.problem();
        }
        bind(database.createNativeMutationQuery(ERASE_PAYLOADS), account.id).executeUpdate();
    }
}
