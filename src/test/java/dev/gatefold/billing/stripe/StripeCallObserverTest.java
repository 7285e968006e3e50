package dev.gatefold.billing.stripe;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StripeCallObserverTest {
    /** Ids are replaced, so that the number of time series stays small. */
    @ParameterizedTest
    @CsvSource({
        "/v1/subscriptions, /v1/subscriptions",
        "/v1/subscriptions/sub_1Ab, /v1/subscriptions/{id}",
        "/v1/invoice_payments, /v1/invoice_payments",
        "/v1/checkout/sessions, /v1/checkout/sessions",
        "/v1/checkout/sessions/cs_test_1, /v1/checkout/sessions/{id}",
        "/v1/checkout/sessions/cs_test_1/expire, /v1/checkout/sessions/{id}/expire",
        "/v1/billing_portal/sessions, /v1/billing_portal/sessions",
    })
    void idsInPathsAreReplacedByPlaceholder(String path, String kind) {
        assertThat(StripeCallObserver.pathTemplate(path)).isEqualTo(kind);
    }
}
