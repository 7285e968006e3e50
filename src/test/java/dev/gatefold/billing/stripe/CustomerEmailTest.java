package dev.gatefold.billing.stripe;

import static dev.gatefold.testing.TestCallers.issueToken;
import static dev.gatefold.testing.TestCallers.newSubject;
import static dev.gatefold.testing.TestCallers.visitor;
import static dev.gatefold.testing.TestCallers.withBearerToken;
import static dev.gatefold.testing.TestPayments.callStripe;
import static dev.gatefold.testing.TestPayments.customerOf;
import static dev.gatefold.testing.TestPayments.runDueWork;
import static dev.gatefold.testing.TestPayments.setStripeApiMode;
import static dev.gatefold.testing.TestPayments.stripeClient;
import static dev.gatefold.testing.TestPayments.subscribe;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.stripe.param.CustomerUpdateParams;
import dev.gatefold.testing.ServiceTest;
import dev.gatefold.testing.StripeResetExtension;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.hibernate.Session;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The e-mail address of the Stripe customer. */
@ServiceTest
@ExtendWith(StripeResetExtension.class)
class CustomerEmailTest {
    @Inject
    Session database;

    private final String subject = newSubject();
    private final String address = UUID.randomUUID() + "@example.com";

    private String signIn(String email, boolean verified) {
        String token = visitor()
                .body(Map.of("subject", subject, "email", email, "emailVerified", verified))
                .post("/dev/tokens")
                .path("token");
        assertThat(withBearerToken(token).post("/v1/accounts").statusCode()).isIn(200, 201);
        return token;
    }

    private static String emailOf(String customer) {
        return callStripe(() -> stripeClient().customers().retrieve(customer)).getEmail();
    }

    private static void changeAtStripe(String customer, String email) {
        callStripe(() -> stripeClient()
                .customers()
                .update(customer, CustomerUpdateParams.builder().setEmail(email).build()));
    }

    private boolean isQueued(String customer) {
        return QuarkusTransaction.requiringNew()
                .call(() -> database.createNativeQuery("""
                                select exists (select from billing_work where kind = 'CUSTOMER' and item_id = :customer
                                                 and requested_version > done_version)
                                """, Boolean.class)
                        .setParameter("customer", customer)
                        .getSingleResult());
    }

    @Test
    void customerIsCreatedWithVerifiedAddress() {
        String customer = customerOf(subscribe(signIn(address, true)));

        assertThat(emailOf(customer)).isEqualTo(address);
        assertThat(isQueued(customer)).isFalse();
    }

    @Test
    void customerHasNoUnverifiedAddress() {
        String customer = customerOf(subscribe(signIn(address, false)));

        assertThat(emailOf(customer)).isNull();
    }

    @Test
    void addressThatIsVerifiedLaterReachesCustomer() {
        String customer = customerOf(subscribe(signIn(address, false)));

        signIn(address, true);
        runDueWork();

        assertThat(emailOf(customer)).isEqualTo(address);
    }

    @Test
    void changedAddressReachesCustomer() {
        String customer = customerOf(subscribe(signIn(address, true)));

        signIn("new-" + address, true);
        runDueWork();

        assertThat(emailOf(customer)).isEqualTo("new-" + address);
        signIn("other-" + address, false);
        runDueWork();
        assertThat(emailOf(customer)).isEqualTo("new-" + address);
    }

    @Test
    void signInWithSameAddressKeepsAddressFromStripe() {
        String customer = customerOf(subscribe(signIn(address, true)));
        changeAtStripe(customer, "billing-" + address);

        signIn(address, true);
        runDueWork();

        assertThat(emailOf(customer)).isEqualTo("billing-" + address);
    }

    @Test
    void signInDoesNotWaitForStripe() {
        String customer = customerOf(subscribe(signIn(address, true)));
        setStripeApiMode("FAIL");

        signIn("new-" + address, true);
        runDueWork();
        assertThat(isQueued(customer)).isTrue();
        setStripeApiMode("UP");

        await().atMost(Duration.ofSeconds(20)).until(() -> !isQueued(customer));
        assertThat(emailOf(customer)).isEqualTo("new-" + address);
    }

    @Test
    void deletedCustomerIsNotUpdated() {
        String customer = customerOf(subscribe(signIn(address, true)));
        callStripe(() -> stripeClient().customers().delete(customer));

        signIn("new-" + address, true);
        runDueWork();

        assertThat(isQueued(customer)).isFalse();
    }

    @Test
    void erasureRemovesAddressAtStripe() {
        String token = signIn(address, true);
        String customer = customerOf(subscribe(token));
        signIn("new-" + address, true);
        runDueWork();

        withBearerToken(issueToken(subject)).delete("/v1/me").then().statusCode(202);
        runDueWork();

        assertThat(emailOf(customer)).isNull();
        assertThat(eventsContaining(address)).isZero();
    }

    private long eventsContaining(String word) {
        return QuarkusTransaction.requiringNew()
                .call(() -> database.createNativeQuery(
                                "select count(*) from inbox_event where convert_from(payload, 'UTF8') like '%' || :word || '%'",
                                Long.class)
                        .setParameter("word", word)
                        .getSingleResult());
    }
}
