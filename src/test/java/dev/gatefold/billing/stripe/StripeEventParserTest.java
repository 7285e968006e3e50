package dev.gatefold.billing.stripe;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The ids that are read from events of every API version. */
class StripeEventParserTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', nullValues = "-", textBlock = """
            {"object": "subscription", "id": "sub_1", "customer": "cus_1"}                                           | sub_1 | cus_1 | -
            {"object": "subscription", "id": "sub_1", "customer": {"id": "cus_1", "object": "customer"}}             | sub_1 | cus_1 | -
            {"object": "invoice", "id": "in_1", "subscription": "sub_1"}                                             | sub_1 | -     | -
            {"object": "invoice", "id": "in_1", "subscription": {"id": "sub_1"}}                                     | sub_1 | -     | -
            {"object": "invoice", "parent": {"subscription_details": {"subscription": "sub_1"}}}                     | sub_1 | -     | -
            {"object": "invoice", "parent": null, "subscription": null}                                              | -     | -     | -
            {"object": "checkout.session", "id": "cs_1", "subscription": "sub_1", "customer": "cus_1"}               | sub_1 | cus_1 | -
            {"object": "customer", "id": "cus_1"}                                                                    | -     | cus_1 | -
            {"object": "dispute", "id": "du_1", "charge": "ch_1"}                                                    | -     | -     | ch_1
            {"object": "refund", "id": "re_1", "charge": {"id": "ch_1"}}                                             | -     | -     | ch_1
            {"object": "charge", "id": "ch_1", "customer": "cus_1"}                                                  | -     | cus_1 | ch_1
            {"object": "thing", "subscription": "sub_1"}                                                             | sub_1 | -     | -
            {"object": 7, "id": ["sub_1"], "customer": true}                                                         | -     | -     | -
            """)
    void eventSubjectIsFoundInEveryApiVersion(String object, String subscription, String customer, String charge)
            throws Exception {
        String event = """
                {"id": "evt_1", "type": "charge.refunded", "data": {"object": %s}}""".formatted(object);

        StripeEventRef parsed = StripeEventParser.parse(new ObjectMapper().readTree(event));

        assertThat(parsed.subscription()).isEqualTo(subscription);
        assertThat(parsed.customer()).isEqualTo(customer);
        assertThat(parsed.charge()).isEqualTo(charge);
    }
}
