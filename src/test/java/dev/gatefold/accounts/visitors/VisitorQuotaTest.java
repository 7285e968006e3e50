package dev.gatefold.accounts.visitors;

import static dev.gatefold.testing.LowLimitsBehindProxyProfile.fromAddress;
import static dev.gatefold.testing.LowLimitsBehindProxyProfile.newIpv6Network;
import static dev.gatefold.testing.TestCallers.METERED;
import static dev.gatefold.testing.TestCallers.OPEN;
import static dev.gatefold.testing.TestCallers.issueToken;
import static dev.gatefold.testing.TestCallers.newSubject;
import static dev.gatefold.testing.TestCallers.withBearerToken;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.is;

import dev.gatefold.testing.LowLimitsBehindProxyProfile;
import dev.gatefold.testing.ServiceTest;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import org.hibernate.Session;
import org.junit.jupiter.api.Test;

/** The quota of visitor tokens per network, with a limit of two per day. */
@ServiceTest
@TestProfile(LowLimitsBehindProxyProfile.class)
class VisitorQuotaTest {
    private final String network = newIpv6Network();

    @Inject
    Session database;

    private String newVisitorFrom(String address) {
        return fromAddress(address)
                .post("/v1/visitors")
                .then()
                .statusCode(201)
                .extract()
                .path("token");
    }

    private static ValidatableResponse checkAccess(String token, String url) {
        return fromAddress(newIpv6Network() + "::1")
                .header("X-Visitor", token)
                .queryParam("url", url)
                .get("/v1/access")
                .then()
                .statusCode(200);
    }

    @Test
    void visitorBeyondQuotaMustSignUp() {
        String first = newVisitorFrom(network + ":1::1");
        String second = newVisitorFrom(network + ":2::2");

        String third = newVisitorFrom(network + ":3::3");

        checkAccess(first, METERED + "a").body("reason", is("METERED"));
        checkAccess(second, METERED + "a").body("reason", is("METERED"));
        checkAccess(third, METERED + "a").body("reason", is("SIGN_UP_REQUIRED"), "offers[0].kind", is("SIGN_UP"));
        checkAccess(third, OPEN).body("reason", is("OPEN"));
        checkAccess(newVisitorFrom(newIpv6Network() + "::1"), METERED + "a").body("reason", is("METERED"));
    }

    @Test
    void signUpLiftsVisitorQuota() {
        newVisitorFrom(network + ":1::1");
        newVisitorFrom(network + ":2::2");
        String third = newVisitorFrom(network + ":3::3");
        String reader = issueToken(newSubject());

        withBearerToken(reader)
                .header("X-Visitor", third)
                .post("/v1/accounts")
                .then()
                .statusCode(201);

        withBearerToken(reader)
                .header("X-Visitor", third)
                .queryParam("url", METERED + "a")
                .get("/v1/access")
                .then()
                .body("reason", is("METERED"));
    }

    @Test
    void visitorWithUnusableAddressIsAdmitted() {
        for (String address : new String[] {"hidden", "_obscure", "fe80::9%eth9", "host.example"}) {
            fromAddress(address).post("/v1/visitors").then().statusCode(201);
        }
    }

    @Test
    void visitorAddressIsNotStored() {
        newVisitorFrom("198.51.100.7");

        String hashes = QuarkusTransaction.requiringNew()
                .call(() -> database.createNativeQuery("""
                                select string_agg(encode(network_hash, 'hex') || ' ' || encode(network_hash, 'escape'), ' ')
                                from visitor_quota
                                """, String.class).getSingleResult());

        assertThat(hashes).isNotBlank().doesNotContain("198.51.100").doesNotContain("c63364");
    }
}
