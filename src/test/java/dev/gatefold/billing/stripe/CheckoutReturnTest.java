package dev.gatefold.billing.stripe;

import static dev.gatefold.testing.ReaderAssertions.assertDenied;
import static dev.gatefold.testing.ReaderAssertions.assertGranted;
import static dev.gatefold.testing.ReaderAssertions.membership;
import static dev.gatefold.testing.TestCallers.MEMBERS_ONLY;
import static dev.gatefold.testing.TestCallers.newAccountToken;
import static dev.gatefold.testing.TestCallers.visitor;
import static dev.gatefold.testing.TestCallers.withBearerToken;
import static dev.gatefold.testing.TestPayments.actOnCheckoutPage;
import static dev.gatefold.testing.TestPayments.callStripe;
import static dev.gatefold.testing.TestPayments.followReturnUrl;
import static dev.gatefold.testing.TestPayments.monthlyMembership;
import static dev.gatefold.testing.TestPayments.setWebhookMode;
import static dev.gatefold.testing.TestPayments.startCheckout;
import static dev.gatefold.testing.TestPayments.stripeClient;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.is;

import dev.gatefold.testing.ServiceTest;
import dev.gatefold.testing.StripeResetExtension;
import java.net.URI;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The return from the checkout page: once, repeatedly, for another reader, and without a payment. */
@ServiceTest
@ExtendWith(StripeResetExtension.class)
class CheckoutReturnTest {
    @Test
    void repeatedAndConcurrentCheckoutReturnsGrantOnce() throws Exception {
        String reader = newAccountToken();
        URI back = actOnCheckoutPage(startCheckout(reader), "pay");
        Callable<String> comingBack = () -> followReturnUrl(back);

        try (var threads = Executors.newFixedThreadPool(6)) {
            for (var answer : threads.invokeAll(Collections.nCopies(6, comingBack))) {
                assertThat(answer.get()).endsWith("/");
            }
        }

        assertGranted(reader, "MEMBER");
        membership(reader).body("grants.size()", is(1));
    }

    @Test
    void checkoutReturnOfAnotherReaderRevealsNothing() {
        setWebhookMode("HOLD");
        String ann = newAccountToken();
        String ben = newAccountToken();
        Map<String, String> wanted = new HashMap<>(monthlyMembership());
        wanted.put("article", MEMBERS_ONLY);
        URI back = actOnCheckoutPage(startCheckout(ann, wanted, "a").path("sessionId"), "pay");

        withBearerToken(ben)
                .redirects()
                .follow(false)
                .get(back.getPath() + "?" + back.getQuery())
                .then()
                .statusCode(303)
                .header("Location", endsWith("/"));

        assertDenied(ben, "MEMBERSHIP_REQUIRED");
        assertGranted(ann, "MEMBER");
    }

    @Test
    void checkoutReturnWithoutPaymentGrantsNothing() {
        String reader = newAccountToken();
        String session = startCheckout(reader);
        var path = "/v1/checkout/return?session_id=" + session;

        followReturnUrl(URI.create(path));
        assertDenied(reader, "MEMBERSHIP_REQUIRED");

        callStripe(() -> stripeClient().checkout().sessions().expire(session));
        followReturnUrl(URI.create(path));
        assertDenied(reader, "MEMBERSHIP_REQUIRED");
        visitor().get("/v1/checkout/return?session_id=cs_test_nothing").then().statusCode(404);
    }
}
